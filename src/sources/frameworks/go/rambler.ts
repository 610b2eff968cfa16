// The files of rambler: sections that begin with `-- rambler up` or `-- rambler down`, each sent as one message.
// Source: github.com/elwinar/rambler, Migration.scan() in migration.go, and service.go.

import type { Part, TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { inOneFile } from '../authoring/layouts.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byName } from '../files/places.ts';
import { neverAgain } from '../conduct.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { goLines, goTrim } from './lines.ts';

export const rambler: Framework = {
  name: 'rambler',
  title: 'rambler',
  unit: 'section',
  leaving: 'a section of its own with this one statement, behind a line -- rambler up',
  authoring: { outside: 'alone', sendsSingly: false, write: inOneFile({ up: ['-- rambler up'], down: ['-- rambler down'] }) },
  layout: 'flat',
  ...knownByMark(/^-- rambler[ \t]*up\b/m),
  evidence: { runs: /\belwinar\/rambler\b|\brambler\s+(?:-\S+\s+)*apply\b/, files: ['rambler.json', 'rambler.hjson'] },
  /** Source: apply() of apply.go, v5. */
  conduct: {
    late: 'refuses',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'refuses to run where it has run ("missing migration")',
  },
  transaction: () => 'batch',
  remembers: 'name',
  places: () => byName,
  cut,
};

const prefix = '-- rambler';

/** Of a section with another name, and of what stands above all sections, nothing is run. */
function cut({ text }: SqlFile, transaction: TransactionMode): Cut {
  const marks = [...goLines(text)].filter(({ start }) => text.startsWith(prefix, start));
  const sections = marks.map(({ start, end }, index) => ({
    name: goTrim(text.slice(start + prefix.length, end)),
    span: { start, end: marks[index + 1]?.start ?? text.length },
  }));
  const partsOf = (wanted: string): Part[] => sections.flatMap(({ name, span }) => (name === wanted ? [{ spans: [span], transaction }] : []));
  const head: Span = { start: 0, end: marks[0]?.start ?? text.length };
  return {
    up: partsOf('up'),
    down: partsOf('down'),
    outside: [head, ...sections.filter(({ name }) => name !== 'up' && name !== 'down').map(({ span }) => span)],
  };
}
