// The statement that EXECUTE runs, where the text alone says it: a literal, literals put together, format() of literals.

import type { Node } from '@pgsql/types';

/** `expression` parsed as the only target of a SELECT; undefined where its value depends on anything else. */
export function executedSql(expression: Node): string | undefined {
  if ('A_Const' in expression) return expression.A_Const.sval?.sval;
  if ('A_Expr' in expression) return concatenation(expression.A_Expr);
  if ('TypeCast' in expression) return expression.TypeCast.arg && executedSql(expression.TypeCast.arg);
  return 'FuncCall' in expression ? call(expression.FuncCall) : undefined;
}

type Content<K extends string> = Extract<Node, Readonly<Record<K, unknown>>> extends Readonly<Record<K, infer C>> ? C : never;

function concatenation({ name, lexpr, rexpr }: Content<'A_Expr'>): string | undefined {
  const [operator] = name ?? [];
  if (!operator || !('String' in operator) || operator.String.sval !== '||' || !lexpr || !rexpr) return undefined;
  const [left, right] = [executedSql(lexpr), executedSql(rexpr)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function call({ funcname, args = [] }: Content<'FuncCall'>): string | undefined {
  const last = funcname?.at(-1);
  const name = last && 'String' in last ? last.String.sval : undefined;
  const values = args.map(executedSql);
  const [first, ...rest] = values.flatMap((value) => value ?? []);
  if (first === undefined || rest.length + 1 !== args.length) return undefined;
  if (name === 'quote_ident') return quoteName(first);
  if (name === 'quote_literal') return quoteLiteral(first);
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
  return isReadable ? text : undefined;
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
