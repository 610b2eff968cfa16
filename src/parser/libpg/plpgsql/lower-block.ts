// DO: the statements that its PL/pgSQL block runs, or may run, each with its place in the text.

import type { DoStmt, Node, ParseResult, SelectStmt } from '@pgsql/types';
import { mapBlock } from '../../../model/block.ts';
import type { Statement } from '../../../model/statement.ts';
import type { Span } from '../../../text/span.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Context, StatementBody } from '../lower/context.ts';
import { stringOf } from '../lower/names.ts';
import { executedSql } from './executed-sql.ts';
import { ordersOf, type Order } from './orders.ts';

const opaque: StatementBody = { kind: 'opaque', command: 'DO', reason: 'do-block', calls: [], actions: [] };

export function lowerDo(node: DoStmt, context: Context): StatementBody {
  const language = stringOf(argument(node, 'language'));
  const tree = language === '' || language === 'plpgsql' ? context.parseBlock(context.text.slice(context.span.start, context.span.end)) : undefined;
  if (tree === undefined) return opaque;
  const find = finder(context);
  const body = ordersOf(tree, (sql) => selectIn(context.parseBody(sql)));
  return { kind: 'block', command: 'DO', body: mapBlock(body, (order) => lowerOrder(order, find, context)) };
}

function selectIn(tree: ParseResult | undefined): SelectStmt | undefined {
  const stmt = tree?.stmts?.[0]?.stmt;
  return stmt && 'SelectStmt' in stmt ? stmt.SelectStmt : undefined;
}

function argument(node: DoStmt, name: string): Node | undefined {
  for (const option of node.args ?? []) if ('DefElem' in option && option.DefElem.defname === name) return option.DefElem.arg;
  return undefined;
}

function lowerOrder({ kind, text }: Order, find: (text: string) => Span, context: Context): Statement[] {
  const unread = (span: Span): Statement[] => [{ span, features: [], ...opaque }];
  if (kind === 'unreadable') return unread(context.span);
  const span = find(text);
  const sql = kind === 'sql' ? text : valueOf(context.parseBody(`SELECT ${text}`));
  if (sql === undefined) return unread(span);
  return context.lowerAt(sql, kind === 'sql' ? span : literalSpan(span, sql, context.text)) ?? unread(span);
}

/** Of the text between the quotes, where that is the statement as it is run. */
function literalSpan(span: Span, sql: string, text: string): Span {
  const start = text.slice(span.start, span.end).indexOf(sql);
  return start < 0 ? span : { start: span.start + start, end: span.start + start + sql.length };
}

/** Of a SELECT of one expression: the text that it has whatever the database holds. */
export function valueOf(tree: ParseResult | undefined): string | undefined {
  const [target] = selectIn(tree)?.targetList ?? [];
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value && executedSql(value);
}

/** Where a text stands in the block, behind the one that was looked for before; the whole statement where it is written otherwise. */
function finder({ text, span }: Context): (wanted: string) => Span {
  const body = bodyOf(text, span);
  let from = body.start;
  return (wanted) => {
    const exact = text.indexOf(withoutPerform(wanted), from);
    const start = exact >= 0 ? exact : text.indexOf(wanted.slice(0, 12), from);
    if (start < 0 || start >= body.end) return span;
    const end = Math.min(start + withoutPerform(wanted).length, body.end);
    from = end;
    return { start, end };
  };
}

/** PERFORM stands for SELECT. */
function withoutPerform(wanted: string): string {
  return wanted.replace(/^SELECT /, '');
}

function bodyOf(text: string, span: Span): Span {
  for (const token of sqlTokens(text, span.start, span.end)) if (token.kind === 'string') return token;
  return span;
}
