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
  const { up, down } = framework.cut(file, transaction);
  if (role !== 'up') return [pieceOf(file.text, 'down', [...up, ...down])];
  return [pieceOf(file.text, 'up', up), ...(down.length === 0 ? [] : [pieceOf(file.text, 'down', down)])];
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

/** `spans` in the order of the text. */
function only(text: string, spans: readonly Span[]): string {
  let kept = '';
  for (const { start, end } of spans) kept += blank(text.slice(kept.length, start)) + text.slice(start, end);
  return kept + blank(text.slice(kept.length));
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
