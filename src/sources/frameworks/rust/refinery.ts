// The files of refinery: V1__x.sql, and U1__x.sql for migrations that may come out of order; it knows no way down. Source: docs.rs/refinery.

import { inOneFile } from '../authoring/layouts.ts';
import { uncut } from '../files/cut.ts';
import type { Framework, Place } from '../framework.ts';
import { areNamed } from '../files/majority.ts';
import { nameOf } from '../files/places.ts';

export const refinery: Framework = {
  name: 'refinery',
  title: 'refinery',
  authoring: { outside: 'none', sendsSingly: false, write: inOneFile() },
  layout: 'nested',
  rootOf: () => undefined,
  rootIfRun: (directory) => (areNamed(directory, named, 'half') ? directory : undefined),
  evidence: {
    runs: /^\s*refinery\b|\bdependencies\.refinery\b|\brefinery\s+migrate\b|\brefinery::|\bembed_migrations!\s*\(/,
    files: ['refinery.toml'],
  },
  /** Source: verify_migrations() of refinery_core/src/traits/mod.rs, with the defaults of Runner::new(), 0.8. */
  conduct: {
    late: 'refuses',
    unless: 'it is run with abort_missing off',
    compares: 'text',
    comparesNames: true,
    changed: 'refuses to migrate where this migration has run, because its checksum differs (DivergentVersion)',
    gone: 'refuses to migrate where it has run (MissingVersion)',
    twins: 'fails at the second file of a version',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => placeOf,
  cut: uncut,
};

const named = /^[VU](\d+(?:\.\d+)?)__.*\.sql$/;

function placeOf(path: string): Place | undefined {
  const version = named.exec(nameOf(path))?.[1];
  return version === undefined ? undefined : { role: 'up', order: version.split('.').map(BigInt) };
}
