// The migrations that one text holds: mostly one, a way down beside it, or several that a tool has printed.

import type { Part, TransactionMode } from '../model/migration.ts';
import type { Span } from '../text/span.ts';
import type { Framework, Role, SqlFile } from './frameworks/framework.ts';

export interface Piece {
  readonly direction: 'up' | 'down';
  readonly parts: readonly Part[];
  /** In the session of the piece before it. */
  readonly isContinued: boolean;
  /** The text with spaces for all that is no part of the piece; as long as the whole. */
  readonly text: string;
}

/** `role`: of the whole file. */
export function piecesOf(file: SqlFile, framework: Framework, role: Role, transaction: TransactionMode): readonly Piece[] {
  if (framework.migrationsIn) return printedPieces(file.text, framework.migrationsIn(file.text), transaction);
  const { up, down, ends = [] } = framework.cut(file, transaction);
  const text = withSemicolons(file.text, ends);
  if (role !== 'up') return [pieceOf(text, 'down', [...up, ...down])];
  return [pieceOf(text, 'up', up), ...(down.length === 0 ? [] : [pieceOf(text, 'down', down)])];
}

function printedPieces(text: string, printed: readonly { role: 'up' | 'down'; span: Span }[], transaction: TransactionMode): Piece[] {
  return printed.map(({ role, span }, index) => ({
    ...pieceOf(text, role, [{ spans: [span], transaction }]),
    isContinued: index > 0,
  }));
}

function pieceOf(text: string, direction: 'up' | 'down', parts: readonly Part[]): Piece {
  return { direction, parts, isContinued: false, text: only(text, parts.flatMap(({ spans }) => spans)) };
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
