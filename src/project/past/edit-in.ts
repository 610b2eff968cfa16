// What differs between a migration that has run and the same file now: what its tool would send, or only what stands around that.

import type { Part } from '../../model/migration.ts';
import type { Compared } from '../../sources/frameworks/conduct.ts';
import type { Framework, SqlFile } from '../../sources/frameworks/framework.ts';
import { piecesOf, type Cutting, type Piece } from '../../sources/migrations/pieces.ts';
import { sqlTokens } from '../../text/sql-tokens.ts';

/** `sent`: what runs on the way up · `around`: comments and white space, which the tool compares too. */
export interface Edit {
  readonly kind: 'sent' | 'around';
  /** In the text as it is now. */
  readonly at: number;
  /** Of several migrations in a file, the one that was changed, or is gone. */
  readonly migration: string | undefined;
  readonly isGone: boolean;
}

/** A text with all that says how its tool runs it. */
export interface RunText extends SqlFile {
  readonly framework: Framework;
  readonly transaction: Part['transaction'];
}

/** Undefined where the tool would see no difference. Ways down may change. */
export function editIn(before: RunText, after: RunText, compares: Compared): Edit | undefined {
  const [old, now] = [before, after].map(upsOf);
  for (const one of old ?? []) {
    const heir = now?.find(({ cutting }) => cutting.name === one.cutting.name);
    if (heir?.cutting.mayChange === true || heir?.cutting.runs === 'always') continue;
    const kind = heir === undefined || heir.sent !== one.sent ? 'sent' : as(compares, heir.raw) === as(compares, one.raw) ? undefined : 'around';
    if (kind === undefined) continue;
    const base = heir?.start ?? 0;
    return { kind, at: base + firstDifference(one.raw, heir?.raw ?? ''), migration: one.cutting.name, isGone: heir === undefined };
  }
  return undefined;
}

/** Of a text that is no SQL: what is sent may be the same where another word stands in it. */
export function editInCode(before: string, after: string): number | undefined {
  const plain = (text: string): string => text.replace(/\s+/g, '');
  return plain(before) === plain(after) ? undefined : firstDifference(before, after);
}

interface Up {
  readonly cutting: Cutting;
  /** Tokens and transactions. */
  readonly sent: string;
  /** As it stands there. */
  readonly raw: string;
  /** Of `raw`, in the text. */
  readonly start: number;
}

function upsOf(text: RunText): readonly Up[] {
  const pieces = piecesOf(text, text.framework, 'up', text.transaction);
  return pieces.flatMap((piece) => piece.cuttings.filter(({ direction }) => direction === 'up').map((cutting) => upOf(cutting, piece, text)));
}

/** A file with one migration is compared as a whole: checksums are made of all of it. */
function upOf(cutting: Cutting, piece: Piece, { text }: RunText): Up {
  const { start, end } = cutting.span ?? { start: 0, end: text.length };
  const sent = cutting.parts.map(({ spans, transaction }) => [transaction, ...spans.flatMap((span) => wordsIn(piece.text, span.start, span.end))].join('\0'));
  return { cutting, sent: sent.join('\n'), raw: text.slice(start, end), start };
}

/** Semicolons with nothing before them or behind them say nothing. */
function wordsIn(text: string, start: number, end: number): readonly string[] {
  const words = Array.from(sqlTokens(text, start, end)).filter(({ kind }) => kind !== 'comment').map((token) => text.slice(token.start, token.end));
  const last = words.findLastIndex((word) => word !== ';');
  return words.filter((word, index) => word !== ';' || (index > 0 && index < last && words[index - 1] !== ';'));
}

const forms: Readonly<Record<Compared, (text: string) => string>> = {
  text: (text) => text,
  lines: (text) => text.replace(/\r\n?/g, '\n'),
  letters: (text) => text.replace(/[ \t\r\n]/g, ''),
  nothing: () => '',
};

function as(compares: Compared, text: string): string {
  return forms[compares](text);
}

/** The start of the first line that differs, in the second text; of a text that only ends earlier, its last line. A comment that allows the change is none of it. */
function firstDifference(before: string, after: string): number {
  const [old, now] = [linesOf(before), linesOf(after)];
  const kept = now.filter(({ text }) => !/^\s*--\s*pgmigrate-lint-ignore\b/.test(text));
  const index = kept.findIndex(({ text }, at) => text !== old[at]?.text);
  return (index < 0 ? now.at(-1) : kept[index])?.start ?? 0;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): readonly Line[] {
  const lines = Array.from(text.matchAll(/[^\n]*(?:\n|$)/g), ({ 0: line, index }) => ({ text: line.replace(/[\r\n]+$/, ''), start: index }));
  return lines.filter(({ start }, at) => start < text.length || at === 0);
}
