// Evolutions of the Play framework: conf/evolutions/<database>/1.sql, with `# --- !Ups` and `# --- !Downs`.
// Source: playframework.com/documentation, "Evolutions"; ResourceEvolutionsReader and Script.statements of its source.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { trimBy } from '../../../text/trim.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byNumber } from '../files/places.ts';
import { cutsBetween, tornBy } from '../files/torn.ts';
import { refused, wholeRefusal } from '../files/refused.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { property } from '../settings/properties.ts';

export const play: Framework = {
  name: 'play',
  title: 'Play evolutions',
  layout: 'flat',
  ...knownByMark(/^[ \t]*(?:#|--).*!Ups/m),
  evidence: { runs: /\bplay-jdbc-evolutions\b|\bevolutions\b/ },
  /** Source: Evolution.hash and conflictings() of Evolutions.scala, 3.0. */
  conduct: {
    late: undefined,
    compares: 'text',
    changed: 'runs the ways down of this evolution and of all behind it where it has run, and then the ways up again: what they drop is lost',
    gone: 'runs its way down, and those of all behind it, where it has run',
  },
  transaction: (root) => {
    const says = property(root?.nearest('application.conf', 'conf/application.conf') ?? '', /evolutions\.(?:db\.\w+\.)?autocommit$/i);
    return says === 'false' ? 'run' : 'statement';
  },
  remembers: 'number',
  places: () => byNumber,
  cut,
};

type Direction = 'Ups' | 'Downs';

/** The marks are no SQL, and neither is what stands before the first of them. */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text } = file;
  const marks = [...linesOf(text)].flatMap((span) => markAt(text, span));
  const sections = marks.map(({ direction, span }, at) => ({ direction, span: { start: span.end, end: marks[at + 1]?.span.start ?? text.length } }));
  const spansOf = (wanted: Direction): Span[] => sections.flatMap(({ direction, span }) => (direction === wanted ? span : []));
  const [up, down] = [spansOf('Ups'), spansOf('Downs')];
  if (marks.length === 0) return refused(file, transaction, wholeRefusal(text, 'no line # --- !Ups stands in it', 'passes-over'));
  return {
    up: [{ spans: up, transaction }],
    down: down.length === 0 ? [] : [{ spans: down, transaction }],
    outside: linesBefore(text, marks[0]?.span.start ?? 0),
    ...statementEnds(text),
  };
}

interface Mark {
  readonly direction: Direction;
  readonly span: Span;
}

/** A line that has both is one of the ways up. It is trimmed as Java does, and what ends a line for a regular expression of Java must not stand in it. */
function markAt(text: string, span: Span): Mark[] {
  const line = trimBy(text.slice(span.start, span.end), /[\0- ]/);
  if (!/^(?:#|--)/.test(line) || /[\r\u0085\u2028\u2029]/.test(line)) return [];
  const direction = (['Ups', 'Downs'] as const).find((one) => line.includes(`!${one}`));
  return direction === undefined ? [] : [{ direction, span }];
}

function* linesOf(text: string): Generator<Span> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield { start, end };
    start = end + 1;
  }
}

/** Without those that people write about the file. */
function linesBefore(text: string, end: number): Span[] {
  return [...linesOf(text.slice(0, end))].filter((span) => !/^\s*#/.test(text.slice(span.start, span.end)));
}

/** A single semicolon ends a statement wherever it stands, in a comment too; two stand for one within a statement. */
function statementEnds(text: string): Pick<Cut, 'ends' | 'breaks' | 'unsupported'> {
  const all = Array.from(text.matchAll(/;+/g), ({ 0: { length }, index }): Span => ({ start: index, end: index + length }));
  const single = all.filter(({ start, end }) => end - start === 1);
  const unsupported = tornBy('Play evolutions', text, single, 'Write two semicolons for each one within the statement');
  return {
    unsupported,
    breaks: cutsBetween(single, unsupported),
    ends: all.flatMap(({ start, end }) => Array.from({ length: (end - start) >> 1 }, (_, pair) => ({ start: start + 2 * pair, end: start + 2 * pair + 2 }))),
  };
}
