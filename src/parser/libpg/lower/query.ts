// From a query's tree to what it reads and what it gives.

import type { ColumnRef, JoinExpr, Node, RangeSubselect, RangeVar, ResTarget, SelectStmt, SubLink } from '@pgsql/types';
import type { RelationName } from '../../../model/names.ts';
import { PersistentMap } from '../../../model/persistent-map.ts';
import type { Query, QueryColumn } from '../../../model/query.ts';
import { figuredName } from './figured-name.ts';
import { relationName, stringOf, strings } from './names.ts';
import { lowerType } from './types.ts';

export function lowerQuery(node: Node | undefined, names: readonly Node[] | undefined): Query {
  const sources: Source[] = [];
  const around: Surroundings = { sources, outer: undefined, named: PersistentMap.empty(), given: new Map() };
  const columns = node && 'SelectStmt' in node ? select(node.SelectStmt, around) : 'unknown';
  return {
    sources: sources.map(({ relation, columns: read, all }, place) => ({ relation, columns: [...read], all, isBase: place === 0 && isOfOneTable(node) })),
    columns,
    names: strings(names),
  };
}

/**
 * Its rows are some rows of the only table or view of its FROM, so that PostgreSQL can write to it.
 * Source: view_query_is_auto_updatable() in src/backend/rewrite/rewriteHandler.c.
 */
function isOfOneTable(node: Node | undefined): boolean {
  if (node === undefined || !('SelectStmt' in node)) return false;
  const { fromClause = [], larg, withClause, distinctClause, groupClause, havingClause, limitCount, limitOffset } = node.SelectStmt;
  const others = [larg, withClause, distinctClause, groupClause, havingClause, limitCount, limitOffset];
  const [only, ...more] = fromClause;
  return only !== undefined && 'RangeVar' in only && more.length === 0 && others.every((part) => part === undefined);
}

/** A table or view of some FROM, with what was found to be read of it. */
interface Source {
  readonly relation: RelationName;
  readonly columns: Set<string>;
  all: boolean;
}

type Columns = Query['columns'];

/** What one FROM offers under one name: a table, or the columns of a query. */
type Item = { readonly alias: string | undefined } & ({ readonly source: Source } | { readonly columns: Columns });

/** What a query of the text stands in. `named`: the queries of WITH. */
interface Surroundings {
  readonly sources: Source[];
  readonly outer: Scope | undefined;
  readonly named: PersistentMap<Columns>;
  /** What queries give that were visited. */
  readonly given: Map<SelectStmt, Columns>;
}

interface Scope extends Surroundings {
  readonly items: readonly Item[];
}

function select(node: SelectStmt, around: Surroundings): Columns {
  let { named } = around;
  for (const cte of node.withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in cte)) continue;
    const { ctename = '', ctequery, aliascolnames } = cte.CommonTableExpr;
    named = named.with(ctename, 'unknown');
    const given = ctequery && 'SelectStmt' in ctequery ? select(ctequery.SelectStmt, { ...around, named }) : 'unknown';
    named = named.with(ctename, renamed(given, strings(aliascolnames)));
  }
  if (node.larg && node.rarg) return union(node.larg, node.rarg, { ...around, named });
  const items: Item[] = [];
  const scope: Scope = { ...around, named, items };
  for (const part of node.fromClause ?? []) fromItem(part, scope, items);
  const { fromClause: _from, withClause: _with, ...clauses } = node;
  visit(clauses, scope);
  const targets = (node.targetList ?? []).flatMap((target) => ('ResTarget' in target ? [outputOf(target.ResTarget, scope)] : []));
  if (node.targetList === undefined || targets.includes('unknown')) return 'unknown';
  return targets.flatMap((one) => (one === 'unknown' ? [] : one));
}

/** The types of both sides meet in one that may be neither's. */
function union(left: SelectStmt, right: SelectStmt, around: Surroundings): Columns {
  const given = select(left, around);
  select(right, around);
  if (given === 'unknown' || given.some(({ kind }) => kind === 'all')) return 'unknown';
  return given.flatMap((column): QueryColumn[] => {
    if (column.kind === 'all') return [];
    const mayBe = column.kind === 'column' ? [column] : column.mayBe;
    return [{ kind: 'computed', name: column.name, type: undefined, mayBe }];
  });
}

function fromItem(node: Node, scope: Scope, items: Item[]): void {
  if ('RangeVar' in node) items.push(tableItem(node.RangeVar, scope));
  else if ('JoinExpr' in node) joinItems(node.JoinExpr, scope, items);
  else if ('RangeSubselect' in node) items.push(subselectItem(node.RangeSubselect, scope));
  else {
    items.push({ alias: undefined, columns: 'unknown' });
    visit(node, scope);
  }
}

function tableItem(range: RangeVar, { named, sources }: Scope): Item {
  const alias = range.alias?.aliasname ?? range.relname;
  const given = range.schemaname === undefined ? named.get(range.relname ?? '') : undefined;
  const names = strings(range.alias?.colnames);
  if (given !== undefined) return { alias, columns: renamed(given, names) };
  const source: Source = { relation: relationName(range), columns: new Set(), all: names.length > 0 };
  sources.push(source);
  return names.length > 0 ? { alias, columns: 'unknown' } : { alias, source };
}

function joinItems({ larg, rarg, quals, usingClause, isNatural, alias }: JoinExpr, scope: Scope, items: Item[]): void {
  const own: Item[] = [];
  for (const side of [larg, rarg]) if (side) fromItem(side, scope, own);
  const columns = strings(usingClause);
  for (const item of own) if ('source' in item) for (const column of columns) item.source.columns.add(column);
  if (isNatural) for (const item of own) if ('source' in item) item.source.all = true;
  items.push(...own, ...(alias || isNatural ? [{ alias: alias?.aliasname, columns: 'unknown' } as const] : []));
  if (quals) visit(quals, { ...scope, items: own });
}

function subselectItem({ subquery, alias }: RangeSubselect, scope: Scope): Item {
  const inner = subquery && 'SelectStmt' in subquery ? select(subquery.SelectStmt, { ...scope, outer: scope }) : 'unknown';
  return { alias: alias?.aliasname, columns: renamed(inner, strings(alias?.colnames)) };
}

function renamed(columns: Columns, names: readonly string[]): Columns {
  if (columns === 'unknown' || names.length === 0) return columns;
  if (columns.some(({ kind }) => kind === 'all')) return 'unknown';
  return columns.map((column, index) => (column.kind === 'all' ? column : { ...column, name: names[index] ?? column.name }));
}

/** Notes what is read anywhere in a part of a query. */
function visit(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, scope));
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if ('ColumnRef' in node) note(node.ColumnRef, scope);
    else if ('SelectStmt' in node) scope.given.set(node.SelectStmt, select(node.SelectStmt, { ...scope, outer: scope }));
    else for (const part of Object.values(node)) visit(part, scope);
  }
}

function note(reference: ColumnRef, scope: Scope): void {
  const { table, column } = partsOf(reference);
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const items = here.items.filter(({ alias }) => table === undefined || alias === table);
    for (const item of items) {
      if (!('source' in item)) continue;
      if (column === undefined) item.source.all = true;
      else item.source.columns.add(column);
    }
    if (table !== undefined && items.length > 0) return;
    if (column === undefined) return;
  }
}

/** `column` is undefined for `*`. */
function partsOf({ fields = [] }: ColumnRef): { readonly table: string | undefined; readonly column: string | undefined } {
  const last = fields.at(-1);
  const isStar = last !== undefined && 'A_Star' in last;
  return { table: fields.length > 1 ? stringOf(fields.at(-2)) : undefined, column: isStar ? undefined : stringOf(last) };
}

function outputOf({ name, val }: ResTarget, scope: Scope): readonly QueryColumn[] | 'unknown' {
  if (val === undefined) return 'unknown';
  if ('ColumnRef' in val) return referenceOutput(val.ColumnRef, name, scope);
  if ('SubLink' in val && val.SubLink.subLinkType === 'EXPR_SUBLINK') return subqueryOutput(val.SubLink, name, scope);
  const type = 'TypeCast' in val ? lowerType(val.TypeCast.typeName) : undefined;
  const mayBe = type ? [] : columnsThatPass(val, scope);
  return [{ kind: 'computed', name: name ?? figuredName(val) ?? '?column?', type, mayBe }];
}

/** A query in parentheses gives its one column. It was visited by now: doing so again, and in all that lies in it, would take forever. */
function subqueryOutput({ subselect }: SubLink, name: string | undefined, scope: Scope): Columns {
  const node = subselect && 'SelectStmt' in subselect ? subselect.SelectStmt : undefined;
  return renamed((node && scope.given.get(node)) ?? 'unknown', name === undefined ? [] : [name]);
}

function referenceOutput(reference: ColumnRef, name: string | undefined, scope: Scope): readonly QueryColumn[] | 'unknown' {
  const { table, column } = partsOf(reference);
  const items = scope.items.filter(({ alias }) => table === undefined || alias === table);
  if (items.some((item) => 'columns' in item && item.columns === 'unknown')) return 'unknown';
  if (column === undefined) return items.flatMap(allOf);
  const given = items.flatMap((item) => ('columns' in item && item.columns !== 'unknown' ? item.columns : []));
  const own = given.find((one) => one.kind !== 'all' && one.name === column);
  if (own && own.kind !== 'all') return [{ ...own, name: name ?? column }];
  const from = [
    ...items.flatMap((item) => ('source' in item ? [item.source.relation] : [])),
    ...given.flatMap((one) => (one.kind === 'all' ? [one.from] : [])),
  ];
  return [{ kind: 'column', name: name ?? column, column, from }];
}

function allOf(item: Item): readonly QueryColumn[] {
  if ('source' in item) return [{ kind: 'all', from: item.source.relation }];
  return item.columns === 'unknown' ? [] : item.columns;
}

/**
 * Columns whose type an expression has if it is the same for all of them: the branches of CASE, and what COALESCE and GREATEST choose
 * from, where each is a column. Anything else makes PostgreSQL take the type below a domain. Source: select_common_type().
 */
function columnsThatPass(node: Node, scope: Scope): PlainColumn[] {
  const branches = branchesOf(node);
  const columns = branches.flatMap((branch) => (branch && 'ColumnRef' in branch ? plainColumn(branch.ColumnRef, scope) : []));
  return columns.length === branches.length ? columns : [];
}

type PlainColumn = Extract<QueryColumn, { readonly kind: 'column' }>;

function plainColumn(reference: ColumnRef, scope: Scope): PlainColumn[] {
  const output = referenceOutput(reference, undefined, scope);
  return output === 'unknown' ? [] : output.flatMap((one) => (one.kind === 'column' ? [one] : []));
}

/** CASE without ELSE has a branch that is NULL. */
function branchesOf(node: Node): (Node | undefined)[] {
  if ('CaseExpr' in node) {
    const { args = [], defresult } = node.CaseExpr;
    return [...args.map((arg) => ('CaseWhen' in arg ? arg.CaseWhen.result : undefined)), defresult];
  }
  if ('CoalesceExpr' in node) return node.CoalesceExpr.args ?? [];
  return 'MinMaxExpr' in node ? (node.MinMaxExpr.args ?? []) : [];
}
