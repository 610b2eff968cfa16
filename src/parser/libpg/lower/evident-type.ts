// The type of an expression where its text alone says it.

import type { A_Const, Node, SQLValueFunctionOp } from '@pgsql/types';
import type { ColumnType } from '../../../model/column-type.ts';
import type { CastChain, Expression } from '../../../model/expression.ts';
import { nameOfList, strings } from './names.ts';
import { lowerType } from './types.ts';

/** A cast, a constant, a condition, and functions that everybody writes as defaults and in views. Source: make_const() in src/backend/parser/parse_node.c. */
export function evidentType(node: Node): Expression['gives'] {
  if ('TypeCast' in node) return lowerType(node.TypeCast.typeName);
  if ('A_Const' in node) return typeOfConstant(node.A_Const);
  if ('SQLValueFunction' in node) return builtin(valueTypes[node.SQLValueFunction.op ?? 'SVFOP_CURRENT_DATE']);
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return builtin('bool');
  if (!('FuncCall' in node)) return undefined;
  const { schema, name } = nameOfList(node.FuncCall.funcname);
  return schema === undefined || schema === 'pg_catalog' ? builtin(functionTypes[name]) : undefined;
}

/** Undefined where it is none, or of something that has no evident type; a string, and NULL, may be written in any. */
export function castChain(node: Node): CastChain | undefined {
  const through: ColumnType[] = [];
  let inner: Node | undefined = node;
  while (inner && 'TypeCast' in inner) {
    through.unshift(lowerType(inner.TypeCast.typeName));
    inner = inner.TypeCast.arg;
  }
  if (inner === undefined || through.length === 0) return undefined;
  if ('ColumnRef' in inner) {
    const column = strings(inner.ColumnRef.fields).at(-1);
    return column === undefined ? undefined : { from: { column }, through };
  }
  const type = 'A_Const' in inner && inner.A_Const.isnull ? 'string' : evidentType(inner);
  const [written, ...others] = through;
  if (type !== 'string') return type && { from: { type }, through };
  return written && others.length > 0 ? { from: { type: written }, through: others } : undefined;
}

function typeOfConstant({ ival, fval, sval, boolval }: A_Const): Expression['gives'] {
  if (sval) return 'string';
  if (boolval) return builtin('bool');
  if (ival) return builtin('int4');
  return fval ? builtin(isBigint(fval.fval) ? 'int8' : 'numeric') : undefined;
}

function isBigint(text = ''): boolean {
  return /^-?\d{1,20}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function builtin(name: string | undefined): Expression['gives'] {
  return name === undefined ? undefined : { name: { schema: undefined, name }, modifiers: [], isArray: false };
}

const valueTypes: Partial<Record<SQLValueFunctionOp, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_TIMESTAMP: 'timestamptz',
  SVFOP_LOCALTIMESTAMP: 'timestamp',
  SVFOP_CURRENT_USER: 'name',
  SVFOP_SESSION_USER: 'name',
};

const functionTypes: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  now: 'timestamptz',
  clock_timestamp: 'timestamptz',
  statement_timestamp: 'timestamptz',
  transaction_timestamp: 'timestamptz',
  gen_random_uuid: 'uuid',
  nextval: 'int8',
  random: 'float8',
  count: 'int8',
  row_number: 'int8',
});
