// The files of sql-migrate: `-- +migrate Up` and `-- +migrate Down` in one file, by number, then by name.
// Source: github.com/rubenv/sql-migrate, sqlparse.go and Migration.Less().

import type { TransactionMode } from '../../../model/migration.ts';
import { cutAtLines } from '../files/cut.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { byName, byNumber } from '../files/places.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';

const marks = /^-- \+migrate[ \t]+Up\b/m;

export const sqlMigrate: Framework = {
  name: 'sql-migrate',
  title: 'sql-migrate',
  leaving: 'a file of its own that says -- +migrate Up notransaction',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\bgithub\.com\/rubenv\/sql-migrate\b|\bsql-migrate\s+(?:up|status|new|redo)\b/, files: ['dbconfig.yml'] },
  transaction: () => 'file',
  remembers: 'name',
  places: () => (path) => byNumber(path) ?? byName(path),
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'dbconfig.yml', 'Makefile'), 'whole'),
};

const lines = { up: /^-- \+migrate[ \t]+Up\b/gm, down: /^-- \+migrate[ \t]+Down\b/gm };

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const modeOf = (direction: string): TransactionMode =>
    new RegExp(`^-- \\+migrate[ \\t]+${direction}[ \\t][^\\n\\r]*\\bnotransaction\\b`, 'm').test(file.text) ? 'statement' : transaction;
  return cutAtLines(file, lines, { up: modeOf('Up'), down: modeOf('Down') });
}
