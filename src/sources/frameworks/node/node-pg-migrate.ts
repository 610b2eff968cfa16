// The files of node-pg-migrate in SQL: `-- Up Migration` and `-- Down Migration`, or .up.sql and .down.sql with its loader
// `sql`; all pending files in one transaction.
// Source: salsita.github.io/node-pg-migrate, "SQL migrations", and its option --single-transaction.

import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { cutAtLines } from '../files/cut.ts';
import type { Framework } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { areMostlyNamed } from '../files/majority.ts';
import { byNumber } from '../files/places.ts';

const marks = /^[ \t]*--[\s-]{0,100}up\s{1,100}migration/im;

export const nodePgMigrate: Framework = {
  name: 'node-pg-migrate',
  title: 'node-pg-migrate',
  leaving: 'a migration of its own in JavaScript that calls pgm.noTransaction()',
  layout: 'flat',
  rootOf: looksInside(marks),
  rootIfRun: (directory) => (areMostlyNamed(directory, /^\d+[_-].*\.sql$/i) ? directory : undefined),
  marks,
  evidence: { runs: /\bnode-pg-migrate\b/ },
  transaction: (root) => (root && isSplit(root.nearest('package.json')) ? 'file' : 'run'),
  remembers: 'name',
  places: () => byNumber,
  cut: (file, transaction) => cutAtLines(file, lines, { up: transaction, down: transaction }),
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', 'config/default.json', 'database.json'), 'number'),
};

const lines = { up: /^[ \t]*--[ \t-]*up\s+migration/gim, down: /^[ \t]*--[ \t-]*down\s+migration/gim };

function isSplit(scripts: string): boolean {
  return /--no-single-transaction|--single-transaction[ =]false/.test(scripts);
}
