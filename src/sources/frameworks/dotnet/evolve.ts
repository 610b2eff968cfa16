// Evolve for .NET: Flyway's names, V1_2__x.sql by version and R__x.sql last, each sent as one message in a transaction.
// Source: evolve-db.netlify.app, "Naming" and "Transaction"; MigrationScript.cs of its source.

import { inOneFile } from '../authoring/layouts.ts';
import { lineAtHead } from '../authoring/marks.ts';
import { dialectOf } from '../../../model/dialect.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import { notMissed } from '../conduct.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(?:V(\d[\d_.]*)|R)__.*\.sql$/;

export const evolve: Framework = {
  name: 'evolve',
  title: 'Evolve',
  dialect: () => dialectOf('Evolve', ['brace']),
  leaving: 'a file of its own with this one statement, whose first line is -- evolve-tx-off',
  authoring: { numbering: 'version', outside: 'marked', sendsSingly: false, mark: lineAtHead('-- evolve-tx-off'), write: inOneFile({ numbering: 'version', outside: ['-- evolve-tx-off'] }) },
  layout: 'nested',
  rootOf: () => undefined,
  rootIfRun: (directory) => (areNamed(directory, named, 'half') ? directory : undefined),
  evidence: { runs: /\bInclude="Evolve"|\bevolve\s+migrate\b|\bnew\s+Evolve\(|\busing\s+Evolve(?:Db)?;/ },
  /** Source: ValidateAndRepairMetadata() of Evolve.cs and CalculateChecksum() of MigrationScript.cs, 3.2. */
  conduct: {
    late: 'refuses',
    unless: 'OutOfOrder is set',
    compares: 'lines',
    changed: 'refuses to migrate where this migration has run, because its checksum differs',
    gone: notMissed,
    twins: 'refuses to migrate with two files of one version',
  },
  transaction: () => 'file',
  remembers: 'number',
  places: () => placeOf,
  cut: (file, transaction) => uncut(file, isWithout(file.text) ? 'batch' : transaction),
};

function placeOf(path: string): Place | undefined {
  const [found, version] = named.exec(nameOf(path)) ?? [];
  if (found === undefined) return undefined;
  if (version === undefined) return { role: 'up', order: ['repeatable', nameOf(path)], isRepeatable: true };
  return { role: 'up', order: (version.match(/\d+/g) ?? []).map(BigInt) };
}

/** Options stand in the first lines, as long as each of them is one. */
function isWithout(text: string): boolean {
  const head = /^(?:[^\n]*evolve[^\n]*\n?)*/.exec(text)?.[0] ?? '';
  return /evolve-tx-off/i.test(head);
}
