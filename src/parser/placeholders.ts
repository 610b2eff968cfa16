// What tools fill in before PostgreSQL sees the text: `${schema}`, `{{ .Prefix }}`, psql's `:name`, `:'name'` and `:"name"`.
// Something of the same length takes its place that the grammar accepts there: a name, a string, or a whole statement.

import type { SettingValue, Statement } from '../model/statement.ts';
import { contains, type Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';

export interface FilledText {
  /** As long as the original. */
  readonly text: string;
  readonly placeholders: readonly Span[];
}

export function fillPlaceholders(text: string): FilledText {
  if (!/\$\{|\{\{|:[\w'"]/.test(text)) return { text, placeholders: [] };
  const templates = fill(text, Array.from(text.matchAll(template), spanOf), fillTemplate);
  const variables = fill(templates, variablesIn(templates), fillVariable);
  return { text: variables, placeholders: [...Array.from(text.matchAll(template), spanOf), ...variablesIn(templates)] };
}

/** A `$$` before the brace is the end of a dollar quote. */
const template = /(?<!\$)\$\{[A-Za-z_][^{}'"\n\r;]*\}|\{\{[^{}]*\}\}/g;

function spanOf(match: RegExpMatchArray): Span {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
}

function fill(text: string, spans: readonly Span[], filling: (piece: string, before: string, after: string) => string): string {
  let filled = '';
  let offset = 0;
  for (const { start, end } of spans) {
    filled += text.slice(offset, start);
    filled += filling(text.slice(start, end), filled, text.slice(end, end + 200));
    offset = end;
  }
  return filled + text.slice(offset);
}

function fillTemplate(piece: string, before: string, after: string): string {
  if (controlAction.test(piece)) return piece.replace(/[^\n\r]/g, ' ');
  const [, end] = /^[ \t]*(;|[\n\r]|$)/.exec(after) ?? [];
  const statement = end === ';' ? "DO''" : "DO'';";
  if (end === undefined || !isAtStart(before) || !isRoomFor(statement, piece)) return nameFor(piece);
  return statement + piece.slice(statement.length).replace(/[^\n\r]/g, ' ');
}

/** Of Go's templates: what decides over text, and stands for none. */
const controlAction = /^\{\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b)/;

function isRoomFor(statement: string, piece: string): boolean {
  return piece.length >= statement.length && !/[\n\r]/.test(piece.slice(0, statement.length));
}

/** Where a statement may begin: behind a semicolon or at the start, comments aside. */
function isAtStart(before: string): boolean {
  const text = before.trimEnd();
  if (text === '' || text.endsWith(';')) return true;
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  return /^\s*--/.test(line) && isAtStart(text.slice(0, text.length - line.length));
}

/** `${schema}` is `__schema_` wherever it stands, so that equal placeholders are equal names. */
function nameFor(piece: string): string {
  const [line = ''] = piece.split(/[\n\r]/);
  return line.replace(/[^\w\u0080-\uffff]/g, '_') + piece.slice(line.length).replace(/[^\n\r]/g, ' ');
}

/** Not `::` of a cast, not `:=`, and not the bounds of an array's slice. */
function variablesIn(text: string): Span[] {
  const spans: Span[] = [];
  if (!/(?<![:\w\]]):[A-Za-z_'"]/.test(text)) return spans;
  let brackets = 0;
  let previous = 0;
  let isName = false;
  for (const { kind, start, end } of sqlTokens(text)) {
    if (isName && start === previous + 1 && (kind === 'word' || kind === 'string' || kind === 'quoted-name')) spans.push({ start: previous, end });
    const symbol = kind === 'symbol' ? text[start] : '';
    if (symbol === '[') brackets += 1;
    if (symbol === ']') brackets = Math.max(0, brackets - 1);
    isName = symbol === ':' && brackets === 0 && text[start - 1] !== ':' && text[start + 1] !== ':';
    previous = start;
  }
  return spans;
}

/** `:name` is `_name`, `:'name'` is `'_name'`. */
function fillVariable(piece: string): string {
  const quote = /^:(['"])/.exec(piece)?.[1] ?? '';
  return `${quote}_${piece.slice(1 + quote.length)}`;
}

/** What a placeholder sets, only the tool knows. */
export function withUnknownValue(statement: Statement, placeholders: readonly Span[]): Statement {
  if (statement.kind !== 'setting' || !placeholders.some((one) => contains(statement.span, one))) return statement;
  const value: SettingValue = { kind: 'unreadable' };
  return { ...statement, assignments: statement.assignments.map((assignment) => ({ ...assignment, value })) };
}
