// The statement that EXECUTE runs, where the text alone says it: literals, and variables that hold literals, put together.

import type { Node } from '@pgsql/types';
import { nameOfList, stringOf, strings } from '../lower/names.ts';

/** What variables are known to hold, by name; parameters by `$1` too. */
export type Texts = ReadonlyMap<string, string>;

const none: Texts = new Map();

/** `expression` parsed as the only target of a SELECT; undefined where its value depends on anything else. */
export function executedSql(expression: Node, texts: Texts = none): string | undefined {
  return valueOf(expression, { texts, standIn: undefined });
}

/** In the place of a value that only the server knows. */
export const unknownName = 'known_to_the_server_alone';

/** The same, with that name where a value is not known: for what does the same whatever it is. */
export function outlineOfSql(expression: Node, texts: Texts = none): string | undefined {
  return valueOf(expression, { texts, standIn: unknownName });
}

interface Knowledge {
  readonly texts: Texts;
  /** Undefined: what is not known makes all of it unknown. */
  readonly standIn: string | undefined;
}

function valueOf(expression: Node, known: Knowledge): string | undefined {
  const { texts, standIn } = known;
  if ('A_Const' in expression) return constant(expression.A_Const);
  if ('A_Expr' in expression) return concatenation(expression.A_Expr, known);
  if ('TypeCast' in expression) return expression.TypeCast.arg && valueOf(expression.TypeCast.arg, known);
  if ('ColumnRef' in expression) return texts.get(strings(expression.ColumnRef.fields).join('.')) ?? standIn;
  if ('ParamRef' in expression) return texts.get(`$${expression.ParamRef.number ?? 0}`) ?? standIn;
  return 'FuncCall' in expression ? (call(expression.FuncCall, known) ?? standIn) : standIn;
}

type Content<K extends string> = Extract<Node, Readonly<Record<K, unknown>>> extends Readonly<Record<K, infer C>> ? C : never;

function constant({ sval, ival, fval }: Content<'A_Const'>): string | undefined {
  if (sval) return sval.sval ?? '';
  return ival ? String(ival.ival ?? 0) : fval?.fval;
}

function concatenation({ name, lexpr, rexpr }: Content<'A_Expr'>, known: Knowledge): string | undefined {
  if (name?.length !== 1 || stringOf(name[0]) !== '||' || !lexpr || !rexpr) return undefined;
  const [left, right] = [valueOf(lexpr, known), valueOf(rexpr, known)];
  return left === undefined || right === undefined || left.length + right.length > LONGEST ? undefined : left + right;
}

/** Of a text that is put together. */
const LONGEST = 1_000_000;

function call({ funcname, args = [] }: Content<'FuncCall'>, known: Knowledge): string | undefined {
  const { schema = 'pg_catalog', name } = nameOfList(funcname);
  const values = args.map((arg) => valueOf(arg, known));
  const [first, ...rest] = values.flatMap((value) => value ?? []);
  if (schema !== 'pg_catalog' || first === undefined || rest.length + 1 !== args.length) return undefined;
  if (name === 'quote_ident') return quoteName(first);
  if (name === 'quote_literal' || name === 'quote_nullable') return quoteLiteral(first);
  if (name === 'concat') return [first, ...rest].join('');
  return name === 'format' ? format(first, rest) : undefined;
}

/** `%I`, `%L`, `%s`, with or without a position; anything else is left to the server. */
function format(pattern: string, values: readonly string[]): string | undefined {
  let next = 0;
  let isReadable = true;
  const text = pattern.replace(/%(?:(\d+)\$)?(.)/g, (_, position: string | undefined, type: string) => {
    if (type === '%') return '%';
    const value = values[position === undefined ? next++ : Number(position) - 1];
    const write = writers[type];
    isReadable &&= value !== undefined && write !== undefined;
    return value !== undefined && write ? write(value) : '';
  });
  return isReadable && text.length <= LONGEST ? text : undefined;
}

const writers: Readonly<Record<string, (value: string) => string>> = {
  I: quoteName,
  L: quoteLiteral,
  s: (value) => value,
};

function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
