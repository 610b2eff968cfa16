// What of a text is read at once, and the migrations in it: mostly one, a way down beside it, or several that a tool has printed.

import type { Part, TransactionMode } from '../../model/migration.ts';
import type { Span } from '../../text/span.ts';
import type { Framework, Printed, Role, SqlFile } from '../frameworks/framework.ts';

export interface Piece {
  /** The text with spaces for all that is no part of the piece; as long as the whole. */
  readonly text: string;
  /** In the order of the text. */
  readonly cuttings: readonly Cutting[];
}

/** A migration, as it stands in a text. */
export interface Cutting {
  readonly direction: 'up' | 'down';
  readonly parts: readonly Part[];
  /** In the session of the migration before it. */
  readonly isContinued: boolean;
  /** The file in which it stands, where another one includes it. */
  readonly file?: string | undefined;
}

/** `role`: of the whole file. */
export function piecesOf(file: SqlFile, framework: Framework, role: Role, transaction: TransactionMode): readonly Piece[] {
  const { text } = file;
  if (framework.migrationsIn) return [{ text, cuttings: printedIn(framework.migrationsIn(text), transaction) }];
  const { up, down, ends = [] } = framework.cut(file, transaction);
  const ended = withSemicolons(text, ends);
  if (role !== 'up') return [pieceOf(ended, 'down', [...up, ...down])];
  return [pieceOf(ended, 'up', up), ...(down.length === 0 ? [] : [pieceOf(ended, 'down', down)])];
}

function printedIn(printed: readonly Printed[], transaction: TransactionMode): Cutting[] {
  return printed.map(({ role, span }, index) => ({
    direction: role,
    parts: [{ spans: [span], transaction }],
    isContinued: index > 0,
  }));
}

function pieceOf(text: string, direction: 'up' | 'down', parts: readonly Part[]): Piece {
  return { text: only(text, parts.flatMap(({ spans }) => spans)), cuttings: [{ direction, parts, isContinued: false }] };
}

/** `ends` in the order of the text. */
function withSemicolons(text: string, ends: readonly Span[]): string {
  let written = '';
  for (const { start, end } of ends) written += `${text.slice(written.length, start)};${' '.repeat(end - start - 1)}`;
  return written + text.slice(written.length);
}

/** `spans` in the order of the text. */
function only(text: string, spans: readonly Span[]): string {
  let kept = '';
  for (const { start, end } of spans) kept += blank(text.slice(kept.length, start)) + text.slice(start, end);
  return kept + blank(text.slice(kept.length));
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
