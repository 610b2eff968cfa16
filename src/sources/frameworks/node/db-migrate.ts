// The SQL that db-migrate's files of code load: sqls/20240101120000-x-up.sql and -down.sql, each in a transaction.
// Source: github.com/db-migrate/node-db-migrate, lib/template.js and lib/executors/versioned/v1.js; github.com/db-migrate/pg, startMigration().

import { oneByOne, statementsOf, textOf, undoLines, type Made } from '../authoring/layouts.ts';
import { nextName } from '../authoring/next-name.ts';
import type { Neighbour } from '../authoring/authoring.ts';
import type { FurtherMigration } from '../../../model/cure.ts';
import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(\d+-.+)-(up|down)\.sql$/;

export const dbMigrate: Framework = {
  name: 'db-migrate',
  title: 'db-migrate',
  leaving: 'a run of its own with --non-transactional, for a file with this one statement',
  authoring: { outside: 'alone', sendsSingly: false, write: oneByOne(writeBehind) },
  layout: 'flat',
  rootOf: (directory) => (directory.name === 'sqls' && areNamed(directory, named, 'most') ? directory : undefined),
  rootIfRun: (directory) => (areNamed(directory, named, 'half') ? directory : undefined),
  evidence: { runs: /"db-migrate"|\bdb-migrate\s+up\b/ },
  /** Source: filterCompleted() of db-migrate-shared/util.js, 1.2. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
  },
  transaction: (root) => (root && runsWithout(root) ? 'batch' : 'file'),
  remembers: 'name',
  places: () => placeOf,
  cut: uncut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', 'database.json'), 'number'),
};

/** A file in the folder above. */
function above(folder: string, name: string): string {
  return folder === '' ? `../${name}` : `${folder.slice(0, -1).replace(/[^/]*$/, '')}${name}`;
}

/** With a copy of the code that loads the migration before it, in the folder above; it loads the way down as well. */
function writeBehind(further: FurtherMigration, behind: Neighbour): Made {
  const { path, origin, taken, textOf: read } = behind;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const [, stem = ''] = named.exec(nameOf(path)) ?? [];
  const [, first = ''] = named.exec(nameOf(origin)) ?? [];
  const code = read(above(folder, `${first}.js`));
  if (code === undefined || !code.includes(`${first}-up.sql`)) return { why: `the code that loads ${nameOf(origin)} was not found in the folder above, so it is not known how another one would be loaded` };
  const name = nextName(stem, further.name, Array.from(taken, (one) => named.exec(nameOf(one))?.[1] ?? ''));
  if (typeof name !== 'string') return name;
  return [
    { path: `${folder}${name}-up.sql`, text: textOf(statementsOf(further.statements), behind), isMigration: true },
    { path: `${folder}${name}-down.sql`, text: textOf(undoLines(further, behind), behind), isMigration: false },
    { path: above(folder, `${name}.js`), text: code.replaceAll(first, name), isMigration: false },
  ];
}

function runsWithout(root: Directory): boolean {
  return /\bdb-migrate\b[^"\n]*--non-transactional\b/.test(root.nearest('package.json'));
}

function placeOf(path: string): Place | undefined {
  const [, name, direction] = named.exec(nameOf(path)) ?? [];
  return name === undefined ? undefined : { role: direction === 'down' ? 'down' : 'up', order: [name] };
}
