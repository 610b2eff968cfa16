// From a query's tree to what it reads and what it gives.

import type { JoinExpr, Node, RangeSubselect, RangeVar, SelectStmt } from '@pgsql/types';
import { PersistentMap } from '../../../model/persistent-map.ts';
import type { Query, QueryColumn } from '../../../model/query.ts';
import { mentionsIn } from './mentions.ts';
import { relationName, strings } from './names.ts';
import { outputOf, outputOfValues, renamed } from './query-outputs.ts';
import { note, partsOf, readOf, sourceOf, type Columns, type Item, type Scope, type Source, type Surroundings } from './scope.ts';

export function lowerQuery(node: Node | undefined, names: readonly Node[] | undefined): Query {
  const around = nowhere([]);
  const columns = node && 'SelectStmt' in node ? select(node.SelectStmt, around) : 'unknown';
  const executes = node && 'ExecuteStmt' in node ? { executes: node.ExecuteStmt.name ?? '' } : {};
  return { sources: around.sources.map(readOf), columns, names: strings(names), base: baseOf(node), mentions: mentionsIn(node), ...executes };
}

/**
 * Where the rows of a query are some rows of the only table or view of its FROM, PostgreSQL can write to a view over it.
 * Source: view_query_is_auto_updatable() in src/backend/rewrite/rewriteHandler.c.
 */
function baseOf(node: Node | undefined): Query['base'] {
  if (node === undefined || !('SelectStmt' in node)) return undefined;
  const { fromClause = [], larg, withClause, distinctClause, groupClause, havingClause, limitCount, limitOffset } = node.SelectStmt;
  const others = [larg, withClause, distinctClause, groupClause, havingClause, limitCount, limitOffset];
  const [only, ...more] = fromClause;
  const isPlain = more.length === 0 && others.every((part) => part === undefined);
  return isPlain && only !== undefined && 'RangeVar' in only ? relationName(only.RangeVar) : undefined;
}

/** `items`: what is in sight beside the tables of its own FROM. */
export function nowhere(sources: Source[]): Surroundings {
  return { sources, outer: undefined, named: PersistentMap.empty(), given: new Map() };
}

function select(node: SelectStmt, around: Surroundings): Columns {
  const named = namedIn(node.withClause?.ctes, around);
  if (node.larg && node.rarg) return union(node.larg, node.rarg, { ...around, named });
  const items: Item[] = [];
  const scope: Scope = { ...around, named, items };
  for (const part of node.fromClause ?? []) fromItem(part, scope, items);
  const { fromClause: _from, withClause: _with, distinctClause, valuesLists, targetList, ...clauses } = node;
  visit(clauses, scope);
  visitOutputs(distinctClause, scope);
  for (const list of valuesLists ?? []) if ('List' in list) expand(list.List.items, scope);
  if (valuesLists) return outputOfValues(valuesLists);
  const targets = targetList ?? [];
  outputs(targets, scope);
  const given = targets.flatMap((target) => ('ResTarget' in target ? [outputOf(target.ResTarget, scope)] : []));
  if (targetList === undefined || given.includes('unknown')) return 'unknown';
  return given.flatMap((one) => (one === 'unknown' ? [] : one));
}

/** The queries of WITH; what they write or read is noted. */
export function namedIn(ctes: readonly Node[] = [], around: Surroundings): Surroundings['named'] {
  let { named } = around;
  for (const cte of ctes) {
    if (!('CommonTableExpr' in cte)) continue;
    const { ctename = '', ctequery, aliascolnames } = cte.CommonTableExpr;
    named = named.with(ctename, 'unknown');
    const given = ctequery && 'SelectStmt' in ctequery ? select(ctequery.SelectStmt, { ...around, named }) : 'unknown';
    named = named.with(ctename, renamed(given, strings(aliascolnames)));
  }
  return named;
}

/** What a query or RETURNING gives. */
export function outputs(targets: readonly Node[] = [], scope: Scope): void {
  visit(targets, scope);
  for (const target of targets) if ('ResTarget' in target) noteAll(target.ResTarget.val, scope);
}

/** VALUES and ROW() take `*` apart, as the output of a query does. */
function expand(values: readonly Node[] = [], scope: Scope): void {
  for (const value of values) noteAll(value, scope);
  visit(values, scope);
}

/** `*` that stands alone gives all columns, NEW and OLD in a rule as well; anywhere else it may be the row. */
function noteAll(value: Node | undefined, scope: Scope): void {
  if (value === undefined || !('ColumnRef' in value)) return;
  const { table, column } = partsOf(value.ColumnRef);
  if (column !== undefined) return;
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const items = here.items.filter(({ alias }) => table === undefined || alias === table);
    for (const item of items) if ('source' in item) item.source.all = 'surely';
    if (table === undefined || items.length > 0) return;
  }
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

export function fromItem(node: Node, scope: Scope, items: Item[]): void {
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
  const source = sourceOf(relationName(range), names.length > 0 ? 'perhaps' : 'no');
  sources.push(source);
  return names.length > 0 ? { alias, columns: 'unknown' } : { alias, source };
}

function joinItems({ larg, rarg, quals, usingClause, isNatural, alias }: JoinExpr, scope: Scope, items: Item[]): void {
  const own: Item[] = [];
  for (const side of [larg, rarg]) if (side) fromItem(side, scope, own);
  const columns = strings(usingClause);
  for (const item of own) {
    if (!('source' in item)) continue;
    for (const column of columns) {
      item.source.columns.add(column);
      item.source.surely.add(column);
    }
    if (isNatural) item.source.all = 'perhaps';
  }
  items.push(...own, ...(alias || isNatural ? [{ alias: alias?.aliasname, columns: 'unknown' } as const] : []));
  if (quals) visit(quals, { ...scope, items: own });
}

function subselectItem({ subquery, alias }: RangeSubselect, scope: Scope): Item {
  const inner = subquery && 'SelectStmt' in subquery ? select(subquery.SelectStmt, { ...scope, outer: scope }) : 'unknown';
  return { alias: alias?.aliasname, columns: renamed(inner, strings(alias?.colnames)) };
}

/** Notes what is read anywhere in a part of a query. */
export function visit(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, scope));
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if ('ColumnRef' in node) note(node.ColumnRef, scope);
    else if ('SelectStmt' in node) scope.given.set(node.SelectStmt, select(node.SelectStmt, { ...scope, outer: scope }));
    else if ('SortBy' in node) visitOutputs([node.SortBy.node], scope);
    else if ('RowExpr' in node) expand(node.RowExpr.args, scope);
    else for (const part of Object.values(node)) visit(part, scope);
  }
}

/** What ORDER BY and DISTINCT ON name alone may be a column of the result. */
function visitOutputs(nodes: readonly (Node | undefined)[] = [], scope: Scope): void {
  for (const node of nodes) {
    if (node && 'ColumnRef' in node) note(node.ColumnRef, scope, true);
    else visit(node, scope);
  }
}
