// What of a text is read at once, and the migrations in it: mostly one, a way down beside it, or several in one file.

import type { Part, TransactionMode } from '../../model/migration.ts';
import type { Span } from '../../text/span.ts';
import type { Contained, Framework, Role, Several, SqlFile } from '../frameworks/framework.ts';

export interface Piece {
  /** The text with spaces for all that is no part of the piece; as long as the whole. */
  readonly text: string;
  /** In the order of the text. */
  readonly cuttings: readonly Cutting[];
  /** Statements that its tool runs in no migration. */
  readonly unrun?: readonly Span[];
}

/** A migration, as it stands in a text. */
export type Cutting = Pick<Contained, 'direction' | 'parts' | 'joins' | 'runs' | 'name' | 'aliases'> & {
  /** Undefined where it is all of the file. */
  readonly span: Span | undefined;
  /** The file in which it stands, where another one includes it. */
  readonly file?: string | undefined;
};

/** `role`: of the whole file. */
export function piecesOf(file: SqlFile, framework: Framework, role: Role, transaction: TransactionMode): readonly Piece[] {
  const { text } = file;
  const several = framework.migrationsIn?.(file, transaction);
  if (several) return piecesOfSeveral(text, several);
  const { up, down, ends = [] } = framework.cut(file, transaction);
  const ended = withSemicolons(text, ends);
  if (role !== 'up') return [pieceOf(ended, [alone('down', [...up, ...down])])];
  return [pieceOf(ended, [alone('up', up)]), ...(down.length === 0 ? [] : [pieceOf(ended, [alone('down', down)])])];
}

function alone(direction: Cutting['direction'], parts: readonly Part[]): Cutting {
  return { name: undefined, aliases: [], direction, span: undefined, parts, joins: 'nothing', runs: 'once' };
}

/** The ways down are a piece of their own: they may stand in the comments of the ways up. */
function piecesOfSeveral(text: string, { migrations, ends = [], blanks = [], unrun = [] }: Several): readonly Piece[] {
  const ended = withBlanks(withSemicolons(text, ends), blanks);
  const ways = (['up', 'down'] as const).map((direction) => migrations.filter((one) => one.direction === direction));
  return ways.filter((cuttings) => cuttings.length > 0).map((cuttings, index) => ({ ...pieceOf(ended, cuttings), unrun: index === 0 ? unrun : [] }));
}

/** Where something stands between two migrations, a semicolon there ends the statement that nobody has ended. */
function pieceOf(text: string, cuttings: readonly Cutting[]): Piece {
  let kept = '';
  for (const [index, { parts }] of cuttings.entries()) {
    for (const [place, { start, end }] of parts.flatMap(({ spans }) => spans).entries()) {
      const between = blank(text.slice(kept.length, start));
      kept += (index > 0 && place === 0 ? between.replace(' ', ';') : between) + text.slice(start, end);
    }
  }
  return { text: kept + blank(text.slice(kept.length)), cuttings };
}

/** `ends` in the order of the text. */
function withSemicolons(text: string, ends: readonly Span[]): string {
  let written = '';
  for (const { start, end } of ends) written += `${text.slice(written.length, start)};${' '.repeat(end - start - 1)}`;
  return written + text.slice(written.length);
}

/** `blanks` in the order of the text. */
function withBlanks(text: string, blanks: readonly Span[]): string {
  let written = '';
  for (const { start, end } of blanks) written += text.slice(written.length, start) + blank(text.slice(start, end));
  return written + text.slice(written.length);
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
