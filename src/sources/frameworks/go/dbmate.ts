// The files of dbmate: `-- migrate:up` and `-- migrate:down` in one file, once or several times.
// Source: github.com/amacneil/dbmate#migration-options; parseMigrationContents() in its pkg/dbmate/migration.go, v2.29.

import { inOneFile } from '../authoring/layouts.ts';
import { wordBehind } from '../authoring/marks.ts';
import type { Part, TransactionMode } from '../../../model/migration.ts';
import { beginningIn } from '../../../text/beginning-in.ts';
import type { Span } from '../../../text/span.ts';
import { refusal, refused, wholeRefusal } from '../files/refused.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byName } from '../files/places.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import { isSaid } from '../evidence.ts';
import type { Cut, Framework, Refusal, SqlFile } from '../framework.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';

export const dbmate: Framework = {
  name: 'dbmate',
  title: 'dbmate',
  leaving: 'a file of its own that says -- migrate:up transaction:false',
  authoring: {
    outside: 'marked',
    sendsSingly: false,
    mark: wordBehind(/^--[ \t]*migrate:up\b/m, ' transaction:false'),
    write: inOneFile({ up: ['-- migrate:up'], outside: ['-- migrate:up transaction:false'], down: ['-- migrate:down'], downOutside: ['-- migrate:down transaction:false'], isDownRequired: true }),
  },
  layout: 'flat',
  ...knownByMark(/^[ \t]*--[ \t]*migrate:up\b/m),
  evidence: { runs: /\bamacneil\/dbmate\b|\bdbmate\s+(?:-\S+\s+|\S+\s+){0,6}(?:up|migrate|wait|new|status)\b|"dbmate"/ },
  /** Source: Migrate() and FindMigrations() of pkg/dbmate/db.go, v2.28. */
  conduct: {
    late: 'runs',
    lateIn: (root) => (isSaid(/\bdbmate\b.*\s--strict\b|\bDBMATE_STRICT\b["']?\s*[=:]\s*["']?true\b/, root) ? 'refuses' : undefined),
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
    twins: 'fails at the second file of a version, or never runs it where the first has run',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => byName,
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'Makefile'), 'whole'),
};

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text } = file;
  const starts = startsOf(text, 'up');
  const spans = starts.map((start, index): Span => ({ start, end: starts[index + 1] ?? text.length }));
  const downs = beginningIn(spans.map((span) => [span]), startsOf(text, 'down'), (start) => ({ start, end: start }));
  const sections = spans.map((span, index): Section => ({ ...span, downs: downs[index] ?? [] }));
  const why = whyRefused(text, sections);
  if (why) return refused(file, transaction, why);
  const partOf = (start: number, end: number): Part => ({
    spans: [{ start, end }],
    transaction: isWithoutTransaction(text.slice(start, lineAt(text, start).end)) ? 'batch' : transaction,
  });
  return {
    up: sections.map(({ start, downs: [down], end }) => partOf(start, down ?? end)),
    down: sections.map(({ downs: [down], end }) => partOf(down ?? end, end)),
  };
}

/** A way up and its way down. */
interface Section extends Span {
  /** Where ways down begin. */
  readonly downs: readonly number[];
}

/** A mark may have line breaks within: Go's `\s` takes them, and its `^` and `$` know line feeds alone. */
function startsOf(text: string, direction: 'up' | 'down'): readonly number[] {
  const space = String.raw`[\t\n\f\r ]`;
  const mark = new RegExp(String.raw`(?<![^\n])--${space}*migrate:${direction}(?:${space}*(?![^\n])|${space}+[^\t\n\f\r ]+)`, 'g');
  return Array.from(text.matchAll(mark), ({ index }) => index);
}

function whyRefused(text: string, sections: readonly Section[]): Refusal | undefined {
  const [first] = sections;
  if (!first) return wholeRefusal(text, 'no line -- migrate:up stands in it');
  const early = firstStatement(text, first.start);
  if (early) return refusal(early, 'something else stands before -- migrate:up');
  const odd = sections.find(({ downs }) => downs.length !== 1);
  return odd && refusal(lineAt(text, odd.downs[1] ?? odd.start), odd.downs.length > 1 ? 'this -- migrate:down has no -- migrate:up of its own' : 'no line -- migrate:down stands behind this one');
}

function firstStatement(text: string, end: number): Span | undefined {
  for (let start = 0; start < end; ) {
    const line = lineAt(text, start);
    if (!/^[\t\n\f\r ]*(?:--|$)/.test(text.slice(line.start, line.end))) return line;
    start = line.end + 1;
  }
  return undefined;
}

function lineAt(text: string, start: number): Span {
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

/** The options stand in the line of the mark; of several of one name, the last one counts. */
function isWithoutTransaction(line: string): boolean {
  const words = /^--[\t\f\r ]*migrate:(?:up|down)(.*)/s.exec(line)?.[1] ?? '';
  const options = words.split(/[\t\f\r ]+/).map((option) => option.split(':')).filter(({ length }) => length === 2);
  return options.findLast(([name]) => name === 'transaction')?.[1] === 'false';
}
