// Liquibase's formatted SQL: changesets in a file, each with a transaction of its own and its way back in comments. It is read line
// by line, as Liquibase does, whatever a line is to PostgreSQL.
// Source: docs.liquibase.com, "Formatted SQL changelog"; AbstractFormattedChangeLogParser in liquibase/liquibase, 4.33.

import type { TransactionMode } from '../../../../model/migration.ts';
import { beginningIn } from '../../../../text/beginning-in.ts';
import { linesIn } from '../../../../text/lines.ts';
import type { Span } from '../../../../text/span.ts';
import { splitStatements } from '../../../../text/split-statements.ts';
import { sqlTokens } from '../../../../text/sql-tokens.ts';
import { refusal } from '../../files/refused.ts';
import type { Contained, LeftOut, Refusal, Several } from '../../framework.ts';
import { changesetLine, passesOver, type ChangesetLine } from './changeset-line.ts';

/** The first line of a file that holds something. */
export const formattedMark = /^\s*--\s*liquibase\s*formatted/i;

/** What comes before the first changeset is run by nobody. */
export function changesetsIn(text: string, transaction: TransactionMode): Several {
  const { changesets, taken, ignored, refused } = read(text);
  if (refused) return { ...wholeText(text, transaction), refusal: refused };
  const run = changesets.filter(({ line }) => line.leftOut === undefined);
  const head: Span = { start: 0, end: changesets[0]?.start ?? text.length };
  const unrun = Array.from(splitStatements(text, head.start, head.end), ({ start, end }): Span => ({ start, end }));
  const unended = run.slice(0, -1).flatMap(({ body }) => unendedIn(text, body));
  return {
    migrations: run.length === 0 ? [onlyHead(head, transaction)] : run.flatMap((one, index) => ways({ ...one, mayChange: mayChange(one, text) }, index === 0 ? head : undefined, transaction)),
    ends: changesets.flatMap(({ body, line }) => endsIn(text, body, line.delimiter)),
    blanks: inOrder([...unrun, ...unended, ...ignored, ...taken.blocks]),
    dropped: taken.lines,
    hasFlatComments: true,
    unrun,
    unended,
    leftOut: leftOutIn(changesets, ignored),
  };
}

/** It is run again, or somebody names the checksum that it may have had. */
function mayChange({ line, body }: Changeset, text: string): boolean {
  return line.isRepeated || /^\s*--\s*validCheckSum:?\s/im.test(text.slice(body.start, body.end));
}

/** What says nothing of changesets is run as it is, and ends where a changeset would. */
export function wholeText(text: string, transaction: TransactionMode): Several {
  const body = { start: 0, end: text.length };
  return { migrations: [onlyHead(body, transaction)], ends: endsIn(text, body, undefined), hasFlatComments: true };
}

function leftOutIn(changesets: readonly Changeset[], ignored: readonly Span[]): LeftOut[] {
  const bodies = changesets.filter(({ line }) => line.leftOut !== undefined).map(({ body }) => body);
  const within = new Set(beginningIn([bodies], ignored, (span) => span).flat());
  const all: LeftOut[] = ignored.filter((span) => !within.has(span)).map((span) => ({ kind: 'ignored', spans: [span] }));
  for (const { line, start, body, rollbacks } of changesets) {
    if (line.leftOut) all.push({ kind: line.leftOut, spans: [{ start, end: body.end }] });
    else if (rollbacks.length > 0) all.push({ kind: 'down', spans: rollbacks });
  }
  return all.toSorted((left, right) => (left.spans[0]?.start ?? 0) - (right.spans[0]?.start ?? 0));
}

/** Liquibase sends each changeset by itself, so that nothing goes on in the next one. */
function unendedIn(text: string, { start, end }: Span): Span[] {
  const last = [...sqlTokens(text.slice(start, end), 0, end - start, 'flat')].at(-1);
  return last?.unterminated ? [{ start: start + last.start, end }] : [];
}

function inOrder<S extends Span>(spans: readonly S[]): S[] {
  return spans.toSorted((left, right) => left.start - right.start);
}

interface Changeset {
  readonly line: ChangesetLine;
  /** Of its first line. */
  readonly start: number;
  /** Behind its first line, up to the next changeset. */
  readonly body: Span;
  readonly rollbacks: readonly Span[];
  readonly isPassedOver: boolean;
}

function onlyHead(head: Span, transaction: TransactionMode): Contained {
  return {
    name: undefined,
    aliases: [],
    direction: 'up',
    span: head,
    parts: [{ spans: [head], transaction }],
    joins: 'nothing',
    runs: 'once',
  };
}

/** The way up, and the way back where there is one. */
function ways({ line, isPassedOver, start, body, rollbacks, mayChange }: Changeset & { readonly mayChange: boolean }, head: Span | undefined, usual: TransactionMode): Contained[] {
  const { author, id, logicalFilePath, transaction = usual } = line;
  const up: Contained = {
    name: `${author}:${id}`,
    aliases: [id, `${id}::${author}`, ...(logicalFilePath === undefined ? [] : [`${logicalFilePath}::${id}::${author}`])],
    direction: 'up',
    span: { start, end: body.end },
    parts: [...(head ? [{ spans: [head], transaction: usual }] : []), { spans: [body], transaction }],
    joins: head ? 'nothing' : 'connection',
    runs: isPassedOver ? 'perhaps' : line.runs,
    mayChange,
  };
  const back: Contained = { ...up, direction: 'down', parts: [{ spans: rollbacks, transaction }], joins: 'nothing' };
  return rollbacks.length > 0 ? [up, back] : [up];
}

/** What Liquibase takes out of the SQL of a changeset. */
interface Taken {
  readonly lines: Span[];
  /** Comments over several lines that hold a way back. */
  readonly blocks: Span[];
}

interface ReadText {
  readonly changesets: readonly Changeset[];
  readonly taken: Taken;
  /** Between `--ignoreLines:start` and `--ignoreLines:end`, or so many lines. */
  readonly ignored: readonly Span[];
  readonly refused: Refusal | undefined;
}

interface Growing {
  readonly line: ChangesetLine;
  readonly start: number;
  readonly bodyStart: number;
  readonly rollbacks: Span[];
  isPassedOver: boolean;
}

function read(text: string): ReadText {
  const found: Growing[] = [];
  const taken: Taken = { lines: [], blocks: [] };
  const ignored: Span[] = [];
  let refused: Refusal | undefined;
  const lines = linesIn(text);
  for (const span of lines) {
    const line = text.slice(span.start, span.end);
    if (!mayTell.test(line)) continue;
    const begun = changesetLine(line);
    const current = found.at(-1);
    if (isProperty(line)) taken.lines.push(span);
    else if (ignoreLines.test(line)) {
      taken.lines.push(span);
      const end = endOfIgnored(line, lines, text);
      if (end === undefined) refused ??= refusal(span, 'it knows --ignoreLines:start, --ignoreLines:end and a number of lines alone');
      else ignored.push({ start: Math.min(span.end, end), end });
    } else if (begun === 'refused') refused ??= refusal(span, 'a changeset begins with --changeset author:id');
    else if (begun) found.push({ line: begun, start: span.start, bodyStart: span.end, rollbacks: [], isPassedOver: false });
    else if (current && rollbackBlock.test(line)) {
      const block = endOfBlock(lines, text);
      if (block === undefined) refused ??= refusal(span, 'a comment that holds a way back does not end at the end of a line');
      else {
        taken.blocks.push({ start: span.start, end: block.end });
        current.rollbacks.push({ start: span.end, end: block.close });
      }
    } else if (current && takenLine.test(line)) {
      taken.lines.push(span);
      if (passesOver(line)) current.isPassedOver = true;
      const mark = rollbackLine.exec(line);
      if (mark) current.rollbacks.push({ start: span.start + mark[0].length, end: span.end });
    }
  }
  const changesets = found.map(({ bodyStart, ...changeset }, index) => ({
    ...changeset,
    body: { start: bodyStart, end: found[index + 1]?.start ?? text.length },
  }));
  return { changesets, taken, ignored, refused };
}

const mayTell = /^\s*(?:-|\/\*)/;

/** `--property name:x value:y`: two colons, with white space between them. */
function isProperty(line: string): boolean {
  const words = /^\s*--\s*property\s(.*)/i.exec(line)?.[1] ?? '';
  return /\s/.test(words.slice(words.indexOf(':') + 1, Math.max(0, words.lastIndexOf(':'))));
}

/** What stands alone in the line counts for Liquibase, and is no part of the SQL. */
const takenLine = /^--\s*comment:? |^--\s*validCheckSum:? |^\s*--\s*(?:rollback |preconditions|precondition-[a-z0-9-]+)/i;

const ignoreLines = /^--\s*ignoreLines:(\w+)$/i;

/** Undefined where Liquibase does not know what is meant. `start` goes on to the end of the file where nothing ends it. */
function endOfIgnored(line: string, lines: Iterator<Span>, text: string): number | undefined {
  const count = ignoreLines.exec(line)?.[1] ?? '';
  if (count !== 'start' && !/^\d{1,18}$/.test(count)) return undefined;
  let left = count === 'start' ? Infinity : Number(count);
  let end = 0;
  while (left > 0) {
    const next = lines.next();
    if (next.done) return text.length;
    end = next.value.end;
    left -= 1;
    if (count === 'start' && ignoreLines.exec(text.slice(next.value.start, end))?.[1] === 'end') return end;
  }
  return end;
}

/** Not required, empty, or that of another changeset: nothing of its own. */
const rollbackLine = /^\s*--\s*rollback (?!\s*(?:not required|empty|.*changesetid))/i;
const rollbackBlock = /^\s*\/\*\s*liquibase\s*rollback\s*$/i;

/** It ends with the first line that ends with the end of a comment. */
function endOfBlock(lines: Iterator<Span>, text: string): { readonly close: number; readonly end: number } | undefined {
  for (let next = lines.next(); !next.done; next = lines.next()) {
    const { start, end } = next.value;
    const close = /\*\/\s*$/.exec(text.slice(start, end))?.index;
    if (close !== undefined) return { close: start + close, end };
  }
  return undefined;
}

function endsIn(text: string, body: Span, delimiter: string | undefined): Span[] {
  const plain = delimiter?.replace(/\\[rn]/g, '');
  if (plain === undefined) return usualEndsIn(text, body);
  const isAlone = delimiter !== plain;
  return plain === '' ? [] : matchesIn(text, body, new RegExp(`${isAlone ? '^[ \\t]*' : ''}(${escaped(plain)})(?=[ \\t\\r]*$)`, 'gim'));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The first group of the pattern is what ends a statement, and it ends the match. A delimiter counts at the end of a line; one that could be a part of SQL is left alone where it stands within. */
function matchesIn(text: string, { start, end }: Span, pattern: RegExp): Span[] {
  return Array.from(text.slice(start, end).matchAll(pattern), ({ 0: match, 1: mark = '', index }) => {
    const stop = start + index + match.length;
    return { start: stop - mark.length, end: stop };
  });
}

/** Besides semicolons: a slash, or GO, on a line of its own. Source: StringUtil.isDelimiter(). */
function usualEndsIn(text: string, body: Span): Span[] {
  const found = matchesIn(text, body, /^[ \t]*(\/|go)(?=[ \t\r]*$)/gim);
  if (found.length === 0) return [];
  const starts = new Set(Array.from(sqlTokens(text, body.start, body.end), (token) => token.start));
  return found.filter(({ start }) => starts.has(start));
}
