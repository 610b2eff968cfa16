// The files of Pop (soda) and Ory's popx: 20240101_x.up.sql, for one database 20240101_x.postgres.up.sql, and without a transaction
// 20240101_x.autocommit.up.sql. Source: github.com/ory/x, popx/match.go and migration_info.go, networkx (whose table is among those of its users); github.com/gobuffalo/pop, migration_info.go.

import { backOf, oneByOne, partsOf, statementsOf, textOf, undoLines, type Made } from '../authoring/layouts.ts';
import { nextName } from '../authoring/next-name.ts';
import type { Neighbour } from '../authoring/authoring.ts';
import type { FurtherMigration } from '../../../model/cure.ts';
import { dialectOf } from '../../../model/dialect.ts';
import type { Directory } from '../../disk/directory.ts';
import { databaseCalled, postgres } from '../../databases/known.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(\d+)_([^.]+)(?:\.([a-z0-9]+))??(\.autocommit)?\.(up|down)\.sql$/;

export const popx: Framework = {
  name: 'popx',
  title: 'popx',
  dialect: () => dialectOf('popx', ['go']),
  leaving: 'a file of its own with this one statement, called x.autocommit.up.sql',
  authoring: {
    outside: 'marked',
    sendsSingly: false,
    mark: () => ({ why: 'popx runs a file outside of a transaction by its name: call it x.autocommit.up.sql, and its way down x.autocommit.down.sql' }),
    write: oneByOne(writeBehind),
  },
  layout: 'flat',
  takesUpOthers: true,
  rootOf: (directory) => (isSpecific(directory) ? directory : undefined),
  rootIfRun: (directory) => (areNamed(directory, named, 'half') ? directory : undefined),
  evidence: {
    runs: /\bgithub\.com\/ory\/x\/popx\b|\bsoda\s+migrate\b|\bbuffalo\s+pop\s+migrate\b/,
    uses: /\bgithub\.com\/(?:gobuffalo|ory)\/pop\b/,
  },
  /** Source: Migrator.UpTo() of github.com/gobuffalo/pop, v6. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
    twins: 'never runs the second file of a version',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: (_, paths) => {
    const forPostgres = new Set(paths.flatMap((path) => (databaseOf(path) === postgres ? keyOf(path) : [])));
    return (path) => placeOf(path, forPostgres);
  },
  cut: (file, transaction) => uncut(file, /\.autocommit\.(?:up|down)\.sql$/.test(file.name) ? 'batch' : transaction),
  settings: (root) => settingsOfParameters(connectionTexts(root, 'database.yml', 'Makefile'), 'whole'),
};

/** For the database of the one before it; what is to be in no transaction says so in its name. */
function writeBehind(further: FurtherMigration, behind: Neighbour): Made {
  const { folder, stem } = partsOf(behind.path);
  const name = nextName(stem, further.name, Array.from(behind.taken, (path) => partsOf(path).stem));
  if (typeof name !== 'string') return name;
  const database = named.exec(nameOf(behind.path))?.[3];
  const path = `${folder}${name}${database === undefined ? '' : `.${database}`}${further.place === 'outside' ? '.autocommit' : ''}.up.sql`;
  return [
    { path, text: textOf(statementsOf(further.statements), behind), isMigration: true },
    ...(behind.isUndone ? [{ path: backOf(path), text: textOf(undoLines(further, behind), behind), isMigration: false }] : []),
  ];
}

/** Some names say what no other tool says with them. */
function isSpecific(directory: Directory): boolean {
  if (!areNamed(directory, named, 'most')) return false;
  return directory.sqlFiles.some((name) => /\.autocommit\.(?:up|down)\.sql$/.test(name) || databaseOf(name) !== undefined);
}

/** Undefined: for all. A name in the place of a database's that is none makes a part of the name. */
function databaseOf(path: string): ReturnType<typeof databaseCalled> {
  const [, , , database] = named.exec(nameOf(path)) ?? [];
  return database === undefined ? undefined : databaseCalled(database);
}

function keyOf(path: string): readonly string[] {
  const [, version = '', , , , direction = ''] = named.exec(nameOf(path)) ?? [];
  return [`${version} ${direction}`];
}

/** What is for all databases is not for one that has a file of its own. Versions are compared as texts. */
function placeOf(path: string, forPostgres: ReadonlySet<string>): Place | undefined {
  const [, version, , , , direction] = named.exec(nameOf(path)) ?? [];
  if (version === undefined) return undefined;
  const database = databaseOf(path);
  const isElsewhere = database === undefined ? keyOf(path).some((key) => forPostgres.has(key)) : database !== postgres;
  if (isElsewhere) return { role: 'elsewhere', order: [version, nameOf(path)] };
  return { role: direction === 'down' ? 'down' : 'up', order: [version] };
}
