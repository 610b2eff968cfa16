// The SQL that db-migrate's files of code load: sqls/20240101120000-x-up.sql and -down.sql, each in a transaction.
// Source: github.com/db-migrate/node-db-migrate, lib/template.js and lib/executors/versioned/v1.js; github.com/db-migrate/pg, startMigration().

import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(\d+-.+)-(up|down)\.sql$/;

export const dbMigrate: Framework = {
  name: 'db-migrate',
  title: 'db-migrate',
  leaving: 'a run of its own with --non-transactional, for a file with this one statement',
  layout: 'flat',
  rootOf: (directory) => (directory.name === 'sqls' && areNamed(directory, named, 'most') ? directory : undefined),
  rootIfRun: (directory) => (areNamed(directory, named, 'half') ? directory : undefined),
  evidence: { runs: /"db-migrate"|\bdb-migrate\s+up\b/ },
  transaction: (root) => (root && runsWithout(root) ? 'batch' : 'file'),
  remembers: 'name',
  places: () => placeOf,
  cut: uncut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', 'database.json'), 'number'),
};

function runsWithout(root: Directory): boolean {
  return /\bdb-migrate\b[^"\n]*--non-transactional\b/.test(root.nearest('package.json'));
}

function placeOf(path: string): Place | undefined {
  const [, name, direction] = named.exec(nameOf(path)) ?? [];
  return name === undefined ? undefined : { role: direction === 'down' ? 'down' : 'up', order: [name] };
}
