// What of a text is read at once, and the migrations in it: mostly one, a way down beside it, or several in one file.

import type { LeftOutSection } from '../../model/left-out.ts';
import type { Part, TransactionMode } from '../../model/migration.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements } from '../../text/split-statements.ts';
import { skipTrivia } from '../../text/sql-tokens.ts';
import type { Contained, Cut, Framework, Insertion, LeftOut, Refusal, Role, Several, SqlFile, Unsupported } from '../frameworks/framework.ts';
import { blank, editedText } from './edited-text.ts';

export interface Piece {
  /** The text with spaces for all that is no part of the piece; as long as the whole. */
  readonly text: string;
  /** In the order of the text. */
  readonly cuttings: readonly Cutting[];
  /** What is said of the whole text, beside its first piece. */
  readonly aside: Aside;
}

/** What a tool does with what is no part of a migration. */
export interface Aside {
  /** Statements that it runs in no migration. */
  readonly unrun: readonly Unrun[];
  /** What is run elsewhere or never. */
  readonly leftOut: readonly LeftOutSection[];
  readonly refusal: Refusal | undefined;
  readonly unsupported: readonly Unsupported[];
  /** Where it puts the text of other files. */
  readonly inserted: readonly Insertion[];
  /** Strings and comments that do not end in their migration. */
  readonly unended: readonly Span[];
}

export interface Unrun {
  readonly span: Span;
  readonly where: 'before-all' | 'outside';
}

/** A migration, as it stands in a text. */
export type Cutting = Pick<Contained, 'direction' | 'parts' | 'joins' | 'runs' | 'name' | 'aliases' | 'mayChange'> & {
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
  const cut = framework.cut(file, transaction);
  const { up, down } = cut;
  const edited = editedText(text, cut);
  const aside = asideOf(text, edited, cut);
  if (role !== 'up') return [pieceOf(edited, [alone('down', [...up, ...down])], { ...aside, leftOut: [] })];
  return [pieceOf(edited, [alone('up', up)], aside), ...(down.length === 0 ? [] : [pieceOf(edited, [alone('down', down)])])];
}

function alone(direction: Cutting['direction'], parts: readonly Part[]): Cutting {
  return { name: undefined, aliases: [], direction, span: undefined, parts, joins: 'nothing', runs: 'once' };
}

function asideOf(text: string, edited: string, { down, outside = [], refusal, unsupported = [], inserted = [] }: Cut): Aside {
  const unrun = outside.flatMap(({ start, end }) => Array.from(splitStatements(edited, start, end), (span): Unrun => ({ span, where: 'outside' })));
  const leftOut = down.flatMap(({ spans }) => spans).flatMap((span) => sectionOf(text, { kind: 'down', spans: [span] }));
  return { ...nothingAside, unrun, leftOut, refusal, unsupported, inserted };
}

/** None where nothing stands in it. */
function sectionOf(text: string, { kind, spans }: LeftOut): LeftOutSection[] {
  const held = spans.filter(({ start, end }) => skipTrivia(text, start, end) < end);
  const lines = held.flatMap(({ start, end }) => text.slice(start, end).split(/\r\n?|\n/)).filter((line) => line.trim() !== '');
  return held.slice(0, 1).map((span) => ({ kind, span, lines: lines.length }));
}

const nothingAside: Aside = { unrun: [], leftOut: [], refusal: undefined, unsupported: [], inserted: [], unended: [] };

/** The ways down are a piece of their own: they may stand in the comments of the ways up. */
function piecesOfSeveral(text: string, several: Several): readonly Piece[] {
  const { migrations, unrun = [], leftOut = [], refusal, unended = [] } = several;
  const edited = editedText(text, several);
  const ways = (['up', 'down'] as const).map((direction) => migrations.filter((one) => one.direction === direction));
  const aside: Aside = {
    unrun: unrun.map((span) => ({ span, where: 'before-all' })),
    leftOut: leftOut.flatMap((one) => sectionOf(text, one)),
    refusal,
    unsupported: [],
    inserted: [],
    unended,
  };
  const [ups = [], downs = []] = ways;
  return [pieceOf(edited, ups, aside), ...(downs.length === 0 ? [] : [pieceOf(editedText(text, { ends: several.ends ?? [] }), downs)])];
}

/** Where something stands between two migrations, a semicolon there ends the statement that nobody has ended. */
function pieceOf(text: string, cuttings: readonly Cutting[], aside: Aside = nothingAside): Piece {
  const kept: string[] = [];
  let written = 0;
  for (const [index, { parts }] of cuttings.entries()) {
    for (const [place, { start, end }] of parts.flatMap(({ spans }) => spans).entries()) {
      const between = blank(text.slice(written, start));
      kept.push(index > 0 && place === 0 ? between.replace(' ', ';') : between, text.slice(start, end));
      written = end;
    }
  }
  return { text: kept.join('') + blank(text.slice(written)), cuttings, aside };
}
