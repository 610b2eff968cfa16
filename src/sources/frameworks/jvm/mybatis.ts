// MyBatis Migrations: scripts/20240101_x.sql, with the way down below `-- //@UNDO`.
// Source: mybatis.org/migrations, and MigrationReader, FileMigrationLoader and ScriptRunner of its source.

import { dialectOf } from '../../../model/dialect.ts';
import type { Directory } from '../../disk/directory.ts';
import { cutAtLines } from '../files/cut.ts';
import type { Framework, Place } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { byNumber, nameOf } from '../files/places.ts';
import { property } from '../settings/properties.ts';

const marks = /^[ \t]*--[ \t]*\/\/[ \t]*@UNDO\b/m;

export const mybatis: Framework = {
  name: 'mybatis',
  title: 'MyBatis Migrations',
  dialect: () => dialectOf('MyBatis Migrations', ['brace']),
  leaving: 'all files run without a transaction where auto_commit=true stands in the file of the environment',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\bmybatis-migrations\b|\bmigrate\s+up\b/, files: ['environments'] },
  transaction: (root) => (root && isAutocommit(root) ? 'statement' : 'file'),
  remembers: 'number',
  places: () => placeOf,
  cut: (file, transaction) => cutAtLines(file, { down: new RegExp(marks, 'gm') }, { up: transaction, down: transaction }),
};

function placeOf(path: string): Place | undefined {
  if (nameOf(path) === 'bootstrap.sql') return { role: 'baseline', order: [] };
  return nameOf(path) === 'onabort.sql' ? { role: 'callback', order: [] } : byNumber(path);
}

/** Where all environments say so. */
function isAutocommit(root: Directory): boolean {
  const environments = root.parent?.below('environments');
  const files = environments?.names.filter((name) => name.endsWith('.properties')) ?? [];
  return files.length > 0 && files.every((name) => property(environments?.text(name) ?? '', /^auto_commit$/) === 'true');
}
