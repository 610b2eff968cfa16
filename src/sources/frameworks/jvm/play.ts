// Evolutions of the Play framework: conf/evolutions/<database>/1.sql, with `# --- !Ups` and `# --- !Downs`.
// Source: playframework.com/documentation, "Evolutions"; ResourceEvolutionsReader and Script.statements of its source.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { byNumber } from '../files/places.ts';
import { property } from '../settings/properties.ts';

const marks = /^[ \t]*(?:#|--).*!Ups/m;

export const play: Framework = {
  name: 'play',
  title: 'Play evolutions',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\bplay-jdbc-evolutions\b|\bevolutions\b/ },
  transaction: (root) => {
    const says = property(root?.nearest('application.conf', 'conf/application.conf') ?? '', /evolutions\.(?:db\.\w+\.)?autocommit$/i);
    return says === 'false' ? 'run' : 'statement';
  },
  remembers: 'number',
  places: () => byNumber,
  cut,
};

/** The marks are no SQL, and neither is what stands before the first of them. Within a statement, `;;` stands for a semicolon. */
function cut({ text }: SqlFile, transaction: TransactionMode): Cut {
  const found = [...text.matchAll(/^[ \t]*(?:#|--).*!(Ups|Downs).*$/gm)];
  const sections = found.map(({ 0: line, 1: direction, index }, at) => ({
    direction,
    span: { start: index + line.length, end: found[at + 1]?.index ?? text.length },
  }));
  const spansOf = (wanted: string): Span[] => sections.flatMap(({ direction, span }) => (direction === wanted ? span : []));
  const [up, down] = [spansOf('Ups'), spansOf('Downs')];
  return {
    up: [{ spans: up, transaction }],
    down: down.length === 0 ? [] : [{ spans: down, transaction }],
    ends: Array.from(text.matchAll(/;;/g), ({ index }) => ({ start: index, end: index + 2 })),
  };
}
