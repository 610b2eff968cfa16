// Constraints that a model has under names of their own.
// Source: django/db/models/constraints.py and django/contrib/postgres/constraints.py of Django 5.2.

import { plainText, type Value } from '../../../tree/value.ts';
import { isNothing } from '../../../tree/given.ts';
import { conditionSql } from '../expressions/condition.ts';
import { indexedSql } from '../expressions/expression.ts';
import { shortName } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import type { Model, Named } from '../models/model.ts';
import { columnOf, tableOf } from '../models/table.ts';
import { Unread } from '../unread.ts';
import { withoutConstraint, type Constraint } from './catalog.ts';
import type { SchemaEditor, Statement } from './editor.ts';
import { dropIndex, includeSql, namesIn, whereSql } from './indexes.ts';
import { quoted } from './names.ts';

export interface InTable {
  /** `CONSTRAINT "x" CHECK (…)`. */
  readonly sql: string;
  readonly makes: Constraint;
}

/** Undefined: it waits until the migration ends, because it is an index, or because values are handed over beside the table: `isApart`. */
export function constraintInTable(constraint: Named, model: Model, apps: Apps, editor: SchemaEditor, isApart: boolean): InTable | undefined {
  if (kindOf(constraint) === 'UniqueConstraint' && (isUniqueIndex(constraint) || hasNulls(constraint))) {
    editor.defer(uniqueStatement(constraint, model, apps));
    return undefined;
  }
  if (isApart) editor.defer(constraintStatement(constraint, model, apps));
  return isApart ? undefined : inTable(constraint, model, apps);
}

function constraintStatement(constraint: Named, model: Model, apps: Apps): Statement {
  if (kindOf(constraint) === 'UniqueConstraint') return uniqueStatement(constraint, model, apps);
  const { sql, makes } = inTable(constraint, model, apps);
  return { refers: { table: tableOf(model), columns: [] }, sql: ({ table }) => `ALTER TABLE ${quoted(table)} ADD ${sql}`, makes: () => makes };
}

function inTable(constraint: Named, model: Model, apps: Apps): InTable {
  const name = `CONSTRAINT ${quoted(constraint.name)}`;
  const { named } = constraint.made.call;
  switch (kindOf(constraint)) {
    case 'CheckConstraint':
      return { sql: `${name} CHECK (${conditionSql(named.get('condition') ?? named.get('check'), model, apps)})`, makes: made(constraint, 'check', []) };
    case 'UniqueConstraint': {
      const columns = columnsIn(constraint, model, apps);
      return { sql: `${name} UNIQUE (${columns.map(quoted).join(', ')})${deferrableSql(named.get('deferrable'))}`, makes: made(constraint, 'unique', columns) };
    }
    case 'ExclusionConstraint':
      return { sql: `${name} ${exclusionSql(constraint, model, apps)}`, makes: made(constraint, 'index', []) };
    default:
      throw new Unread(`what a constraint of the class ${shortName(constraint.made.path)} is like is not known here`);
  }
}

function kindOf({ made: { path, call } }: Named): string {
  return /^django\./.test(path) && call.isWhole ? shortName(path) : '';
}

function made({ name }: Named, kind: Constraint['kind'], columns: readonly string[]): Constraint {
  return { name, kind, columns };
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && !isNothing(value) && !(value.kind === 'list' && value.items.length === 0);
}

/** A condition, included columns, operator classes or expressions make an index of it. */
function isUniqueIndex({ made: { call } }: Named): boolean {
  return call.args.length > 0 || ['condition', 'include', 'opclasses'].some((name) => isGiven(call.named.get(name)));
}

function hasNulls({ made: { call } }: Named): boolean {
  return isGiven(call.named.get('nulls_distinct'));
}

function columnsIn({ made: { call } }: Named, model: Model, apps: Apps): readonly string[] {
  return namesIn(call.named.get('fields')).map((field) => columnOf(model, field, apps).column);
}

function deferrableSql(value: Value | undefined): string {
  if (value === undefined || isNothing(value)) return '';
  const way = value.kind === 'imported' ? shortName(value.path) : plainText(value);
  if (way?.toUpperCase() === 'DEFERRED') return ' DEFERRABLE INITIALLY DEFERRED';
  if (way?.toUpperCase() === 'IMMEDIATE') return ' DEFERRABLE INITIALLY IMMEDIATE';
  throw new Unread('only a run knows whether the constraint is deferrable');
}

function uniqueStatement(constraint: Named, model: Model, apps: Apps): Statement {
  const { name, made: { call } } = constraint;
  const columns = columnsIn(constraint, model, apps);
  const operators = namesIn(call.named.get('opclasses'));
  const keysOf = (own: readonly string[]): string => (call.args.length > 0 ? call.args.map((one) => indexedSql(one, model, apps)).join(', ') : own.map((column, at) => `${quoted(column)}${operators[at] === undefined ? '' : ` ${operators[at]}`}`).join(', '));
  const nulls = nullsSql(call.named.get('nulls_distinct'));
  const refers = { table: tableOf(model), columns };
  keysOf(columns);
  if (isUniqueIndex(constraint)) {
    const behind = `${includeSql(call.named.get('include'), model, apps)}${nulls}${whereSql(call.named.get('condition'), model, apps)}`;
    return { refers, sql: ({ table, columns: own }) => `CREATE UNIQUE INDEX ${quoted(name)} ON ${quoted(table)} (${keysOf(own)})${behind}`, makes: ({ columns: own }) => ({ name, kind: 'index', columns: own, isUniqueIndex: true, isPlain: true }) };
  }
  const deferrable = deferrableSql(call.named.get('deferrable'));
  return { refers, sql: ({ table, columns: own }) => `ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} UNIQUE${nulls} (${own.map(quoted).join(', ')})${deferrable}`, makes: ({ columns: own }) => ({ name, kind: 'unique', columns: own }) };
}

function nullsSql(value: Value | undefined): string {
  if (value?.kind !== 'constant' || value.value === null) return '';
  return value.value ? ' NULLS DISTINCT' : ' NULLS NOT DISTINCT';
}

function exclusionSql({ made: { call } }: Named, model: Model, apps: Apps): string {
  const { named } = call;
  const expressions = named.get('expressions');
  if (expressions?.kind !== 'list') throw new Unread('only a run knows what the constraint excludes');
  const parts = expressions.items.map((pair) => {
    const [expression, operator] = pair.kind === 'list' ? pair.items : [];
    const sign = plainText(operator) ?? operators[operator?.kind === 'imported' ? shortName(operator.path) : ''];
    if (sign === undefined) throw new Unread('only a run knows what the constraint excludes');
    return `${indexedSql(expression, model, apps)} WITH ${sign}`;
  });
  const condition = named.get('condition');
  const where = isGiven(condition) ? ` WHERE (${conditionSql(condition, model, apps)})` : '';
  return `EXCLUDE USING ${plainText(named.get('index_type')) ?? 'GIST'} (${parts.join(', ')})${includeSql(named.get('include'), model, apps)}${where}${deferrableSql(named.get('deferrable'))}`;
}

/** Source: RangeOperators in django/contrib/postgres/fields/ranges.py. */
const operators: Readonly<Record<string, string>> = {
  EQUAL: '=',
  NOT_EQUAL: '<>',
  CONTAINS: '@>',
  CONTAINED_BY: '<@',
  OVERLAPS: '&&',
  FULLY_LT: '<<',
  FULLY_GT: '>>',
  NOT_LT: '&>',
  NOT_GT: '&<',
  ADJACENT_TO: '-|-',
};

export function createConstraint(constraint: Named, model: Model, apps: Apps, editor: SchemaEditor, ending = ''): void {
  const { sql, ...statement } = constraintStatement(constraint, model, apps);
  editor.run({ ...statement, sql: (refers) => `${sql(refers)}${ending}` });
}

export function dropNamed(constraint: Named, model: Model, editor: SchemaEditor): void {
  const kind = kindOf(constraint);
  if (kind === '') throw new Unread(`what a constraint of the class ${shortName(constraint.made.path)} is like is not known here`);
  if (kind === 'UniqueConstraint' && isUniqueIndex(constraint)) dropIndex(constraint.name, editor);
  else dropConstraint(tableOf(model), constraint.name, editor);
}

export function dropConstraint(table: string, name: string, editor: SchemaEditor): void {
  editor.execute(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
  editor.catalog = withoutConstraint(editor.catalog, table, name);
}
