// What PostgreSQL calls an expression that nobody has named, in a query and in an index.

import type { Node } from '@pgsql/types';
import { stringOf } from './names.ts';

/** Undefined for `?column?` or `expr`. Source: FigureColnameInternal() in src/backend/parser/parse_target.c. */
export function figuredName(node: Node): string | undefined {
  if ('ColumnRef' in node) return lastName(node.ColumnRef.fields);
  if ('A_Indirection' in node) return lastName(node.A_Indirection.indirection) ?? (node.A_Indirection.arg && figuredName(node.A_Indirection.arg));
  if ('FuncCall' in node) return stringOf(node.FuncCall.funcname?.at(-1));
  if ('CollateClause' in node) return node.CollateClause.arg && figuredName(node.CollateClause.arg);
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if ('CaseExpr' in node) return (node.CaseExpr.defresult && figuredName(node.CaseExpr.defresult)) ?? 'case';
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    return (arg && figuredName(arg)) ?? stringOf(typeName?.names?.at(-1));
  }
  return Object.entries(called).find(([tag]) => tag in node)?.[1];
}

const called: Readonly<Record<string, string>> = { CoalesceExpr: 'coalesce', A_ArrayExpr: 'array', RowExpr: 'row' };

/** Subscripts have none. */
function lastName(fields: readonly Node[] | undefined): string | undefined {
  const last = (fields ?? []).findLast((field) => 'String' in field);
  return last && stringOf(last);
}
