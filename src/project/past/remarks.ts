// What is to be said of a file because of its past, at its place in the text.

import { basename } from 'node:path';
import type { Problem } from '../../parser/parser.ts';
import { namedFileOf } from '../../sources/code/named-file.ts';
import type { CodeReading } from '../../sources/code/reading/code-reading.ts';
import { composedText } from '../../sources/code/reading/composed-text.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { readInput } from '../../sources/disk/read-text.ts';
import { readAs } from '../../sources/frameworks/read-as.ts';
import type { PastFact } from '../../sources/migrations/past/past-fact.ts';
import type { Past } from '../../sources/migrations/past/past.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { splitStatements } from '../../text/split-statements.ts';
import { codeOf, directoryOf, readingOf, textOf, type ChosenHistory, type Texts } from '../reading/chosen-history.ts';
import type { ReadMigration } from '../reading/migrations-in.ts';
import { editIn, editInCode, type Edit, type RunText } from './edit-in.ts';
import { deletedInWords, editedInWords, forkInWords, lateInWords, missingInWords, renamedInWords, twinInWords, type Said } from './words.ts';

/** Where the texts of a history come from. */
export interface Desk {
  readonly history: Pick<ChosenHistory, 'framework' | 'root' | 'settings'>;
  readonly texts: Texts;
  readonly past: Past;
}

export interface Remark {
  readonly problem: Problem;
  /** It is about nothing that still stands in the file. */
  readonly isGone: boolean;
}

/** `read`: the file as it is linted. Undefined where the tool would see no difference. */
export function remarkOn(fact: PastFact, read: ReadMigration, desk: Desk): Remark | undefined {
  if (fact.kind !== 'edited') return { problem: { span: firstStatement(read.text), ...inWords(fact, desk) }, isGone: fact.kind === 'deleted' };
  const edit = editOf(fact, read, desk);
  return edit && { problem: { span: lineAt(read.text, edit.at), ...edit.said }, isGone: edit.isGone };
}

function inWords(fact: Exclude<PastFact, { readonly kind: 'edited' }>, { past, texts: { cwd } }: Desk): Said {
  const shown = (file: string): string => displayPath(file, cwd);
  switch (fact.kind) {
    case 'deleted':
      return deletedInWords(past);
    case 'renamed':
      return renamedInWords(shown(fact.was), fact.isAnother, past);
    case 'late':
      return lateInWords(shown(fact.behind), fact.isOnTip, past);
    case 'fork':
      return forkInWords(shown(fact.beside), fact.isOnTip, past);
    case 'twin':
      return twinInWords(shown(fact.other), fact.isOnTip, past);
  }
}

interface PlacedEdit {
  /** In the text that is linted. */
  readonly at: number;
  readonly said: Said;
  readonly isGone: boolean;
}

type Edited = Extract<PastFact, { readonly kind: 'edited' }>;

function editOf(fact: Edited, read: ReadMigration, desk: Desk): PlacedEdit | undefined {
  const before = readInput(fact.before, desk.texts.limits).text;
  const isCode = namedFileOf(fact.file)?.kind === 'code';
  const now = isCode ? codeOf(fact.file, desk.texts).text : textOf(fact.file, desk.texts).text;
  const edit = isCode ? editOfCode(before, now, fact.file, read, desk) : editOfSql(before, now, fact, desk);
  if (edit === undefined) return undefined;
  const isGone = edit.kind === 'sent' && edit.isGone && edit.migration !== undefined;
  const said = isGone ? missingInWords(edit.migration ?? '', desk.past) : editedInWords(edit.kind, edit.migration, desk.past);
  return { at: placeIn(read, edit.at), said, isGone };
}

function editOfSql(before: string, now: string, { file, isEndsAlone }: Edited, { history, past, texts: { limits } }: Desk): Edit | undefined {
  const compares = past.areSumsNew ? 'nothing' : (history.framework.conduct?.compares ?? 'nothing');
  if (isEndsAlone) return compares === 'text' ? { kind: 'around', at: 0, migration: undefined, isGone: false } : undefined;
  const { root } = history;
  const reading = readingOf(history, limits);
  const asFile = (text: string): RunText => {
    const sqlFile = { text, name: basename(file), directory: directoryOf(file, root), root };
    const { framework } = readAs(sqlFile, reading, false);
    return { ...sqlFile, framework, transaction: reading.transaction ?? framework.transaction(root) };
  };
  return editIn(asFile(before), asFile(now), compares);
}

type CodeEdit = Omit<Edit, 'kind'> & { readonly kind: 'sent' | 'around' | 'code' };

/** Code that sends the same is the same migration; where not all of what it sends is known, any change may be one. */
function editOfCode(before: string, now: string, file: string, read: ReadMigration, { history: { root }, texts }: Desk): CodeEdit | undefined {
  const at = editInCode(before, now);
  const reader = [...texts.readers].find(([{ files }]) => files.test(basename(file)))?.[1];
  if (at === undefined) return undefined;
  const other = { at, migration: undefined, isGone: false };
  if (reader === undefined || read.composed === undefined) return { kind: 'code', ...other };
  const then = composed(reader({ text: before, name: basename(file), root, directory: directoryOf(file, root) }), file, before);
  if (sentBy(then) !== sentBy(read)) return { kind: 'sent', ...other };
  return hasGap(then) || hasGap(read) ? { kind: 'code', ...other } : undefined;
}

/** On the way up. */
function hasGap({ composed: code, problems }: ReadMigration): boolean {
  const spans = code?.cut.up.flatMap((part) => part.spans) ?? [];
  return problems.some(({ span }) => spans.some(({ start, end }) => start <= span.start && span.start < end));
}

function composed(reading: CodeReading, file: string, text: string): ReadMigration {
  return composedText(reading, new SourceText(file, text));
}

/** On the way up. */
function sentBy({ text, composed: code }: ReadMigration): string {
  const parts = code?.cut.up.map(({ spans, transaction }) => [transaction, ...spans.map(({ start, end }) => words(text.slice(start, end)))]) ?? [];
  return JSON.stringify(parts);
}

function words(sql: string): string {
  return sql.replace(/^--.*$/gm, '').replace(/\s+/g, ' ');
}

/** From a place in the file to one in what was put together from it. */
function placeIn({ composed: code, included }: ReadMigration, at: number): number {
  const passages = code?.passages ?? included?.passages;
  if (passages === undefined) return at;
  const [first] = passages;
  const own = passages.filter(({ source }) => source === first?.source).toSorted((left, right) => left.offset - right.offset);
  const around = own.find(({ start, end, offset }) => offset <= at && at < offset + end - start);
  return around ? around.start + at - around.offset : (own.find(({ offset }) => offset >= at) ?? own.at(-1))?.start ?? 0;
}

function firstStatement(text: string): Span {
  const [first] = splitStatements(text);
  return first === undefined ? { start: 0, end: 0 } : { start: first.start, end: first.end };
}

/** Without the space around what stands in it, and the semicolon behind it: comments speak of statements. */
function lineAt(text: string, at: number): Span {
  const start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  const from = text[at] === '\n' || at === 0 || text[at - 1] === '\n' ? at : start;
  const end = text.slice(from).search(/[\n\r]|$/) + from;
  const line = text.slice(from, end);
  const lead = line.length - line.trimStart().length;
  return { start: from + lead, end: from + Math.max(lead, line.replace(/[\s;]+$/, '').length) };
}
