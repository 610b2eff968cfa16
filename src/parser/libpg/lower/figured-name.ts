// What PostgreSQL calls an expression that nobody has named, in a query and in an index.

import type { JsonExprOp, Node, SQLValueFunctionOp, SubLink, XmlExprOp } from '@pgsql/types';
import { stringOf } from './names.ts';

/** Undefined for `?column?` or `expr`. Source: FigureColnameInternal() in src/backend/parser/parse_target.c. */
export function figuredName(node: Node): string | undefined {
  return figured(node)?.name;
}

/** A weak one gives way to the name of a type around it, and to `case`. */
interface Figured {
  readonly name: string;
  readonly isWeak?: true;
}

function figured(node: Node | undefined): Figured | undefined {
  if (node === undefined) return undefined;
  if ('TypeCast' in node) return strong(node.TypeCast.arg) ?? { name: stringOf(node.TypeCast.typeName?.names?.at(-1)), isWeak: true };
  if ('CaseExpr' in node) return strong(node.CaseExpr.defresult) ?? { name: 'case', isWeak: true };
  if ('CollateClause' in node) return figured(node.CollateClause.arg);
  if ('A_Indirection' in node) return strongly(lastName(node.A_Indirection.indirection)) ?? figured(node.A_Indirection.arg);
  return strongly(ownName(node));
}

function strong(node: Node | undefined): Figured | undefined {
  const found = figured(node);
  return found?.isWeak ? undefined : found;
}

function strongly(name: string | undefined): Figured | undefined {
  return name === undefined ? undefined : { name };
}

function ownName(node: Node): string | undefined {
  if ('ColumnRef' in node) return lastName(node.ColumnRef.fields);
  if ('FuncCall' in node) return stringOf(node.FuncCall.funcname?.at(-1));
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if ('SubLink' in node) return nameOfQuery(node.SubLink);
  if ('SQLValueFunction' in node) return valueNames[node.SQLValueFunction.op ?? 'SVFOP_CURRENT_DATE'];
  if ('XmlExpr' in node) return xmlNames[node.XmlExpr.op ?? 'IS_XMLCONCAT'];
  if ('JsonFuncExpr' in node) return jsonNames[node.JsonFuncExpr.op ?? 'JSON_EXISTS_OP'];
  return Object.entries(called).find(([tag]) => tag in node)?.[1];
}

/** A query that gives a value has the name of its column. */
function nameOfQuery({ subLinkType, subselect }: SubLink): string | undefined {
  if (subLinkType === 'EXISTS_SUBLINK') return 'exists';
  if (subLinkType === 'ARRAY_SUBLINK') return 'array';
  const [target] = subselect && subLinkType === 'EXPR_SUBLINK' && 'SelectStmt' in subselect ? (subselect.SelectStmt.targetList ?? []) : [];
  if (target === undefined || !('ResTarget' in target)) return undefined;
  return target.ResTarget.name ?? (target.ResTarget.val && figuredName(target.ResTarget.val));
}

const called: Readonly<Record<string, string>> = {
  CoalesceExpr: 'coalesce',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  GroupingFunc: 'grouping',
  XmlSerialize: 'xmlserialize',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
  JsonObjectConstructor: 'json_object',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonArrayAgg: 'json_arrayagg',
  MergeSupportFunc: 'merge_action',
};

const valueNames: Readonly<Record<SQLValueFunctionOp, string>> = {
  SVFOP_CURRENT_DATE: 'current_date',
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_ROLE: 'current_role',
  SVFOP_CURRENT_USER: 'current_user',
  SVFOP_USER: 'user',
  SVFOP_SESSION_USER: 'session_user',
  SVFOP_CURRENT_CATALOG: 'current_catalog',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
};

const xmlNames: Partial<Record<XmlExprOp, string>> = {
  IS_XMLCONCAT: 'xmlconcat',
  IS_XMLELEMENT: 'xmlelement',
  IS_XMLFOREST: 'xmlforest',
  IS_XMLPARSE: 'xmlparse',
  IS_XMLPI: 'xmlpi',
  IS_XMLROOT: 'xmlroot',
};

const jsonNames: Partial<Record<JsonExprOp, string>> = { JSON_EXISTS_OP: 'json_exists', JSON_QUERY_OP: 'json_query', JSON_VALUE_OP: 'json_value' };

/** Subscripts have none. */
function lastName(fields: readonly Node[] | undefined): string | undefined {
  const last = (fields ?? []).findLast((field) => 'String' in field);
  return last && stringOf(last);
}
