// Conditions of indexes and constraints: `Q(total__gte=0)`, in SQL.
// Source: Query.build_filter() in django/db/models/sql/query.py, where.py and lookups.py of Django 5.2.

import { isNothing } from '../../../tree/given.ts';
import { plainText, type Made, type Value } from '../../../tree/value.ts';
import { valueLiteral } from '../fields/default.ts';
import { classOf, isForeignKey, isNull, type Field } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { columnOf, type Column } from '../models/table.ts';
import { quoted } from '../schema-editor/names.ts';
import { Unread } from '../unread.ts';
import { expressionSql } from './expression.ts';

interface Where {
  readonly connector: string;
  readonly isNegated: boolean;
  readonly children: readonly (Where | string)[];
}

/** Throws for what is not known here. */
export function conditionSql(value: Value | undefined, model: Model, apps: Apps): string {
  return sqlOf(whereOf(nodeOf(value), model, apps, false));
}

/** What a Q holds: others, and names with values. */
interface Node {
  readonly connector: string;
  readonly isNegated: boolean;
  readonly children: readonly (Node | Lookup)[];
}

interface Lookup {
  readonly name: string;
  readonly value: Value;
}

function isNode(child: Node | Lookup): child is Node {
  return 'connector' in child;
}

const unknownCondition = 'its condition is put together in a way that is not known here';

function nodeOf(value: Value | undefined): Node {
  const operands = value?.kind === 'made' && value.path.startsWith('operator.') ? value.call.args.map(nodeOf) : [];
  const [first, second] = operands;
  if (first && second === undefined) return { ...first, isNegated: !first.isNegated };
  if (first && second) return combined(value?.kind === 'made' && value.path === 'operator.or_' ? 'OR' : 'AND', [first, second]);
  if (!isQ(value) || !value.call.isWhole) throw new Unread(unknownCondition);
  const { args, named } = value.call;
  const negated = named.get('_negated');
  const pairs = Array.from(named).filter(([name]) => !name.startsWith('_')).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const children = [...args.map((one) => (one.kind === 'list' ? lookupIn(one.items) : nodeOf(one))), ...pairs.map(([name, one]) => ({ name, value: one }))];
  return { connector: plainText(named.get('_connector')) ?? 'AND', isNegated: negated?.kind === 'constant' && Boolean(negated.value), children };
}

function lookupIn([name, value]: readonly Value[]): Lookup {
  const text = plainText(name);
  if (text === undefined || value === undefined) throw new Unread(unknownCondition);
  return { name: text, value };
}

/** `a & b`: what needs no parentheses of its own stands among the others. */
function combined(connector: string, nodes: readonly Node[]): Node {
  const held = nodes.filter(({ children }) => children.length > 0);
  const [only, another] = held;
  if (only && another === undefined) return only;
  return { connector, isNegated: false, children: held.flatMap((node) => (!node.isNegated && (node.connector === connector || node.children.length === 1) ? node.children : [node])) };
}

function sqlOf({ connector, isNegated, children }: Where): string {
  const parts = children.map((child) => (typeof child === 'string' ? child : sqlOf(child)));
  const sql = parts.join(` ${connector} `);
  if (isNegated) return `NOT (${sql})`;
  return parts.length > 1 ? `(${sql})` : sql;
}

function isQ(value: Value | undefined): value is Made {
  return value?.kind === 'made' && /^django\.(?:db\.models|contrib\.gis\.db\.models)(?:\.query_utils)?\.Q$/.test(value.path);
}

function whereOf({ connector, isNegated, children }: Node, model: Model, apps: Apps, isUnderNot: boolean): Where {
  const isTurned = isUnderNot !== isNegated;
  if (connector !== 'AND' && connector !== 'OR') throw new Unread(`what ${connector} in its condition comes to is not known here`);
  const all = children.map((child) => (isNode(child) ? whereOf(child, model, apps, isTurned) : lookupOf(child, model, apps, isTurned)));
  return { connector, isNegated, children: all.reduce<readonly (Where | string)[]>((children, one) => added(children, one, connector), []) };
}

/** What needs no parentheses stands among the others; nothing stands there twice. */
function added(children: readonly (Where | string)[], one: Where, connector: string): readonly (Where | string)[] {
  const isFlat = !one.isNegated && (one.connector === connector || one.children.length === 1);
  const sql = sqlOf(one);
  if (children.some((child) => (typeof child === 'string' ? child : sqlOf(child)) === sql)) return children;
  return isFlat ? [...children, ...one.children] : [...children, one];
}

/** `total__gte`. */
function lookupOf({ name, value }: Lookup, model: Model, apps: Apps, isTurned: boolean): Where {
  const [path = '', lookup = 'exact', ...others] = name.split('__');
  if (others.length > 0) throw new Unread(unknownCondition);
  const column = columnOf(model, path, apps);
  const isAbsent = lookup === 'exact' && isNothing(value);
  const sql = isAbsent ? `${quoted(column.column)} IS NULL` : lookupSql(column, lookup, value, model, apps);
  const isGuarded = isTurned && lookup !== 'isnull' && !isAbsent && isNull(column.field);
  return { connector: 'AND', isNegated: false, children: isGuarded ? [sql, `${quoted(column.column)} IS NOT NULL`] : [sql] };
}

const comparisons: Readonly<Record<string, string>> = { exact: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

function lookupSql({ column, field }: Column, lookup: string, value: Value, model: Model, apps: Apps): string {
  const name = quoted(column);
  const own = isForeignKey(field) ? apps.targetColumn(model, field).column.field : field;
  const literal = (one: Value): string => operandSql(one, own, model, apps);
  if (lookup === 'isnull' && value.kind === 'constant') return `${name} IS ${value.value ? 'NULL' : 'NOT NULL'}`;
  refuseOtherMeanings(own, lookup);
  if (lookup === 'exact' && classOf(own).values === 'boolean' && value.kind === 'constant') return value.value ? name : `NOT ${name}`;
  const sign = comparisons[lookup];
  if (sign !== undefined) return `${name} ${sign} ${literal(value)}`;
  if (lookup === 'in' && value.kind === 'list' && value.items.length > 0) return `${name} IN (${[...new Set(value.items.map(literal))].join(', ')})`;
  if (lookup === 'range' && value.kind === 'list' && value.items.length === 2) return `${name} BETWEEN ${value.items.map(literal).join(' AND ')}`;
  throw new Unread(`what "${lookup}" in its condition comes to is not known here`);
}

/** In an array, a document or a range, the same lookups mean something else. */
function refuseOtherMeanings(field: Field, lookup: string): void {
  const { values } = classOf(field);
  const isScalar = values !== 'json' && values !== 'bytes' && !/^(?:Array|HStore|Generated|SearchVector)Field$|Range/.test(field.kind ?? '');
  if (!isScalar) throw new Unread(`what "${lookup}" in its condition comes to is not known here`);
}

function operandSql(value: Value, field: Field, model: Model, apps: Apps): string {
  if (value.kind !== 'made' || /^(?:decimal|datetime|uuid)\./.test(value.path)) return valueLiteral(value, field);
  const { sql } = expressionSql(value, model, apps);
  return sql.startsWith('(') ? sql : `(${sql})`;
}
