// DO: the statements that its PL/pgSQL block runs, or may run, each with its place in the text.

import type { DoStmt, ParseResult, SelectStmt } from '@pgsql/types';
import { mapBlock, type Block } from '../../../model/block.ts';
import { culprit, type Cause } from '../../../model/culprit.ts';
import type { Statement } from '../../../model/statement.ts';
import type { Call } from '../../../model/usage.ts';
import type { Span } from '../../../text/span.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Context, StatementBody } from '../lower/context.ts';
import { option } from '../lower/indexes.ts';
import { stringOf } from '../lower/names.ts';
import { unknownName, type Texts } from './executed-sql.ts';
import { ordersOf, type Order } from './orders.ts';
import type { PlpgsqlResult } from './tree.ts';

export function lowerDo(node: DoStmt, context: Context): StatementBody {
  const language = stringOf(option(node.args, 'language')?.arg) || 'plpgsql';
  if (language !== 'plpgsql') return opaque({ kind: 'unread-language', language });
  const tree = context.parseBlock(context.text.slice(context.span.start, context.span.end));
  if (tree === undefined) return opaque({ kind: 'unread-body' });
  return { kind: 'block', command: 'DO', body: lowerOrders(tree, context, finder(context)) };
}

/** `given`: what parameters are known to hold. */
export function lowerOrders(tree: PlpgsqlResult, context: Context, find: Find, given?: Texts): Block<Statement> {
  const body = ordersOf(tree, (sql) => selectIn(context.parseBody(sql)), given);
  return mapBlock(body, (order) => lowerOrder(order, find, context));
}

function opaque(cause: Cause) {
  return { kind: 'opaque', command: 'DO', culprit: culprit(cause) } as const;
}

function selectIn(tree: ParseResult | undefined): SelectStmt | undefined {
  const stmt = tree?.stmts?.[0]?.stmt;
  return stmt && 'SelectStmt' in stmt ? stmt.SelectStmt : undefined;
}

function lowerOrder(order: Order, find: Find, context: Context): Statement[] {
  const unread = (span: Span, cause: Cause): Statement[] => [{ span, features: [], ...opaque(cause) }];
  switch (order.kind) {
    case 'end':
      return [{ span: context.span, features: [], kind: 'transaction', command: order.what.toUpperCase(), action: { kind: order.what, chain: true } }];
    case 'expression': {
      const span = find(order);
      const read = context.lowerAt(order.text, span)?.map((statement) => withTexts(statement, order.texts));
      return read?.filter(({ kind, usage }) => kind !== 'harmless' || usage) ?? unread(span, { kind: 'unread-body' });
    }
    case 'sql': {
      const span = find(order);
      return context.lowerAt(order.text, span)?.map((statement) => withTexts(statement, order.texts)) ?? unread(span, { kind: 'unread-body' });
    }
    case 'dynamic': {
      const [span, sql] = [find(order), order.value];
      if (sql === undefined) return settledByOutline(order.outline, span, context) ?? unread(span, { kind: 'computed-sql' });
      return context.lowerAt(sql, literalSpan(span, sql, context.text)) ?? unread(span, { kind: 'computed-sql' });
    }
  }
}

/** GRANT, ALTER DATABASE and their like do nothing to a table, whatever the names are that only the server knows. */
function settledByOutline(outline: string | undefined, span: Span, context: Context): Statement[] | undefined {
  const [only, ...others] = (outline === undefined ? undefined : context.lowerAt(outline, span)) ?? [];
  const isSettled = only?.kind === 'schema' && only.usage === undefined && only.changes.every(({ kind }) => settled.has(kind)) && !JSON.stringify(only).includes(unknownName);
  return isSettled && others.length === 0 ? [only] : undefined;
}

const settled: ReadonlySet<string> = new Set(['catalog-only', 'set-connection-default', 'grant']);

/** With what the variables hold that are handed to functions. */
export function withTexts(statement: Statement, texts: Texts): Statement {
  const { usage } = statement;
  if (texts.size === 0 || !usage) return statement;
  return { ...statement, usage: { ...usage, calls: usage.calls.map((call) => ({ ...call, arguments: call.arguments.map((one) => withText(one, texts)) })) } };
}

function withText(argument: Call['arguments'][number], texts: Texts): Call['arguments'][number] {
  const text = argument.kind === 'variable' ? texts.get(argument.name) : undefined;
  const { parameter } = argument;
  return text === undefined ? argument : { kind: 'text', text, ...(parameter === undefined ? {} : { parameter }) };
}

/** Of the text between the quotes, where that is the statement as it is run. */
function literalSpan(span: Span, sql: string, text: string): Span {
  const start = text.slice(span.start, span.end).indexOf(sql);
  return start < 0 ? span : { start: span.start + start, end: span.start + start + sql.length };
}

/** Where the text of an order stands. */
type Find = (order: Order) => Span;

/** Behind the statement that was looked for before; the whole block where it is written otherwise. */
function finder({ text, span }: Context): Find {
  const body = bodyOf(text, span);
  let from = body.start;
  return (order) => {
    if (order.kind === 'end') return span;
    const wanted = withoutPerform(order.text);
    const start = order.kind === 'dynamic' ? startOfExecuted(text, wanted, from) : (startOf(text, wanted, from) ?? startOf(text, wanted.slice(0, 12), from));
    if (start === undefined || start >= body.end) return span;
    const end = Math.min(start + wanted.length, body.end);
    if (order.kind !== 'expression') from = end;
    return { start, end };
  };
}

/** As words of their own. */
function startOf(text: string, wanted: string, from: number): number | undefined {
  for (let start = text.indexOf(wanted, from); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const isInWord = isWordPart(text.charAt(start)) && isWordPart(text.charAt(start - 1));
    if (!isInWord) return start;
  }
  return undefined;
}

function isWordPart(character: string): boolean {
  return /[\w$]/.test(character);
}

/** Behind EXECUTE, or wherever it stands. */
function startOfExecuted(text: string, wanted: string, from: number): number | undefined {
  for (let start = startOf(text, wanted, from); start !== undefined; start = startOf(text, wanted, start + 1)) {
    if (/\bexecute[\s(]*$/i.test(text.slice(Math.max(from, start - 40), start))) return start;
  }
  return startOf(text, wanted, from);
}

/** PERFORM stands for SELECT. */
function withoutPerform(wanted: string): string {
  return wanted.replace(/^SELECT /, '');
}

function bodyOf(text: string, span: Span): Span {
  for (const token of sqlTokens(text, span.start, span.end)) if (token.kind === 'string') return token;
  return span;
}
