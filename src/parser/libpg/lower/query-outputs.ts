// What a query gives: its columns, and where they come from.

import type { ColumnRef, Node, ResTarget, SubLink } from '@pgsql/types';
import type { ColumnType } from '../../../model/column-type.ts';
import type { QueryColumn } from '../../../model/query.ts';
import { evidentType } from './evident-type.ts';
import { figuredName } from './figured-name.ts';
import { partsOf, type Columns, type Item, type Scope } from './scope.ts';

export function outputOf({ name, val }: ResTarget, scope: Scope): readonly QueryColumn[] | 'unknown' {
  if (val === undefined) return 'unknown';
  if ('ColumnRef' in val) return referenceOutput(val.ColumnRef, name, scope);
  if ('SubLink' in val && val.SubLink.subLinkType === 'EXPR_SUBLINK') return subqueryOutput(val.SubLink, name, scope);
  const type = typeOf(val);
  const mayBe = type ? [] : columnsThatPass(val, scope);
  return [{ kind: 'computed', name: name ?? figuredName(val) ?? '?column?', type, mayBe }];
}

/** A string that is nothing else is text. */
function typeOf(value: Node): ColumnType | undefined {
  const type = evidentType(value);
  return type === 'string' ? { name: { schema: undefined, name: 'text' }, modifiers: [], isArray: false } : type;
}

export function renamed(columns: Columns, names: readonly string[]): Columns {
  if (columns === 'unknown' || names.length === 0) return columns;
  if (columns.some(({ kind }) => kind === 'all')) return 'unknown';
  return columns.map((column, index) => (column.kind === 'all' ? column : { ...column, name: names[index] ?? column.name }));
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
  const row = table === undefined ? items.find(({ alias }) => alias === column) : undefined;
  return [{ kind: 'column', name: name ?? column, column, from, ...(row && 'source' in row ? { row: row.source.relation } : {}) }];
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

/** The columns of VALUES, whose types are those of its first row where all rows agree. */
export function outputOfValues(lists: readonly Node[]): Columns {
  const rows = lists.map((list) => ('List' in list ? (list.List.items ?? []).map(typeOf) : []));
  const [first = []] = rows;
  return first.map((type, index) => {
    const isShared = rows.every((row) => JSON.stringify(row[index]) === JSON.stringify(type));
    return { kind: 'computed', name: `column${index + 1}`, type: isShared ? type : undefined, mayBe: [] };
  });
}
