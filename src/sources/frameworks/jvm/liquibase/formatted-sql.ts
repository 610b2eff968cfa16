// Liquibase's formatted SQL: changesets in a file, each with a transaction of its own and its way back in comments. It is read line
// by line, as Liquibase does. Source: docs.liquibase.com, "Formatted SQL changelog"; AbstractFormattedChangeLogParser.

import type { Occurrence, TransactionMode } from '../../../../model/migration.ts';
import { linesIn } from '../../../../text/lines.ts';
import type { Span } from '../../../../text/span.ts';
import { splitStatements } from '../../../../text/split-statements.ts';
import { sqlTokens } from '../../../../text/sql-tokens.ts';
import type { Contained, Several } from '../../framework.ts';
import { changesetLine, passesOver, type ChangesetLine } from './changeset-line.ts';

export const formattedMark = /^\s*--\s*liquibase\s*formatted\b/i;

/** What comes before the first changeset is run by nobody. A text without any is run as it is, but for one that says what it is. */
export function changesetsIn(text: string, transaction: TransactionMode): Several {
  const { changesets, ignored } = read(text);
  const run = changesets.flatMap((one): RunChangeset[] => {
    const { runs } = one.line;
    return runs === 'never' ? [] : [{ runs: one.isPassedOver ? 'perhaps' : runs, ...one }];
  });
  const head: Span = { start: 0, end: changesets[0]?.start ?? text.length };
  const isRaw = changesets.length === 0 && !formattedMark.test(text);
  const unrun = isRaw ? [] : Array.from(splitStatements(text, head.start, head.end), ({ start, end }): Span => ({ start, end }));
  return {
    migrations: run.length === 0 ? [onlyHead(head, transaction)] : run.flatMap((one, index) => ways(one, index === 0 ? head : undefined, transaction)),
    ends: changesets.flatMap(({ body, line }) => endsIn(text, body, line.delimiter)),
    blanks: [...unrun, ...ignored].toSorted((left, right) => left.start - right.start),
    unrun,
  };
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

interface RunChangeset extends Changeset {
  readonly runs: Occurrence;
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
function ways({ line, runs, start, body, rollbacks }: RunChangeset, head: Span | undefined, usual: TransactionMode): Contained[] {
  const { author, id, logicalFilePath, transaction = usual } = line;
  const up: Contained = {
    name: `${author}:${id}`,
    aliases: [id, `${id}::${author}`, ...(logicalFilePath === undefined ? [] : [`${logicalFilePath}::${id}::${author}`])],
    direction: 'up',
    span: { start, end: body.end },
    parts: [...(head ? [{ spans: [head], transaction: usual }] : []), { spans: [body], transaction }],
    joins: head ? 'nothing' : 'connection',
    runs,
  };
  const back: Contained = { ...up, direction: 'down', parts: [{ spans: rollbacks, transaction }], joins: 'nothing' };
  return rollbacks.length > 0 ? [up, back] : [up];
}

interface ReadText {
  readonly changesets: readonly Changeset[];
  /** Between `--ignoreLines:start` and `--ignoreLines:end`, or so many lines. */
  readonly ignored: readonly Span[];
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
  const ignored: Span[] = [];
  const lines = linesIn(text);
  const lastClose = text.lastIndexOf('*/');
  for (const span of lines) {
    const line = text.slice(span.start, span.end);
    if (!mayTell.test(line)) continue;
    const begun = changesetLine(line);
    const current = found.at(-1);
    if (begun) found.push({ line: begun, start: span.start, bodyStart: span.end, rollbacks: [], isPassedOver: false });
    else if (ignoreLines.test(line)) ignored.push({ start: span.end, end: endOfIgnored(line, lines, text) });
    else if (current && passesOver(line)) current.isPassedOver = true;
    else if (current) current.rollbacks.push(...rollbackIn(line, span, lines, { text, lastClose }));
  }
  const changesets = found.map(({ bodyStart, ...changeset }, index) => ({
    ...changeset,
    body: { start: bodyStart, end: found[index + 1]?.start ?? text.length },
  }));
  return { changesets, ignored };
}

const mayTell = /^\s*(?:--|\/\*)/;

const ignoreLines = /^--\s*ignoreLines:(\w+)$/i;

function endOfIgnored(line: string, lines: Iterator<Span>, text: string): number {
  const count = ignoreLines.exec(line)?.[1] ?? '';
  let left = /^\d+$/.test(count) ? Number(count) : Infinity;
  let next = left > 0 ? lines.next() : undefined;
  while (next && !next.done) {
    left -= 1;
    const isEnd = /^--\s*ignoreLines:end$/i.test(text.slice(next.value.start, next.value.end));
    if (left <= 0 || (left === Infinity && isEnd)) return next.value.end;
    next = lines.next();
  }
  return text.length;
}

/** Not required, empty, or that of another changeset: nothing of its own. */
const rollbackLine = /^\s*--\s*rollback\s+(?!not\b|empty\b|changeset)/i;
const rollbackBlock = /^\s*\/\*\s*liquibase\s*rollback\b/i;

interface Commented {
  readonly text: string;
  /** Where the last comment ends: what is opened behind it is never closed. */
  readonly lastClose: number;
}

function rollbackIn(line: string, { start, end }: Span, lines: Iterator<Span>, { text, lastClose }: Commented): Span[] {
  const mark = rollbackLine.exec(line);
  if (mark) return [{ start: start + mark[0].length, end }];
  const opening = rollbackBlock.exec(line);
  const close = opening && start < lastClose ? text.indexOf('*/', start + opening[0].length) : -1;
  if (!opening || close < 0) return [];
  let last = end;
  while (last < close) last = lines.next().value?.end ?? close;
  return [{ start: start + opening[0].length, end: close }];
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
