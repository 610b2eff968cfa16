// The files of Postgrator: 001.do.x.sql and 001.undo.x.sql, sent as one message. Source: github.com/rickbergfalk/postgrator, postgrator.js.

import { oneByOne, statementsOf, textOf, undoLines, type Made } from '../authoring/layouts.ts';
import { nextName } from '../authoring/next-name.ts';
import type { Neighbour } from '../authoring/authoring.ts';
import type { FurtherMigration } from '../../../model/cure.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import { notMissed } from '../conduct.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(\d+)\.(do|undo)(?:\.[^/]*)?\.sql$/i;

export const postgrator: Framework = {
  name: 'postgrator',
  title: 'Postgrator',
  leaving: 'a file of its own with this one statement',
  authoring: { outside: 'alone', sendsSingly: false, write: oneByOne(writeBehind) },
  layout: 'flat',
  rootOf: (directory) => (areNamed(directory, named, 'most') ? directory : undefined),
  evidence: { runs: /\bpostgrator\b/ },
  /** Source: getRunnableMigrations() and validateMigrations() of postgrator.js, 8.0. */
  conduct: {
    late: 'skips',
    compares: 'text',
    changed: 'refuses to migrate where this migration has run, because its MD5 differs',
    gone: notMissed,
    twins: 'refuses to migrate with two files of one version',
  },
  transaction: () => 'batch',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => placeOf,
  cut: uncut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', '.postgratorrc.json'), 'number'),
};

/** `004.do.validate-orders.sql`, and `004.undo.validate-orders.sql` where there is one for the migration before it. */
function writeBehind(further: FurtherMigration, behind: Neighbour): Made {
  const { path, taken, isUndone } = behind;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const [, version = '', action = 'do', words = ''] = /^(\d+)\.(do)(?:\.([^/]*))?\.sql$/i.exec(nameOf(path)) ?? [];
  const numbers = [...taken].flatMap((other) => named.exec(nameOf(other))?.[1] ?? []);
  const name = nextName(`${version}.${words}`, further.name, numbers);
  if (typeof name !== 'string') return name;
  const next = name.slice(0, name.indexOf('.'));
  const pathOf = (way: string): string => `${folder}${next}.${way}${name.slice(next.length)}.sql`;
  return [
    { path: pathOf(action), text: textOf(statementsOf(further.statements), behind), isMigration: true },
    ...(isUndone ? [{ path: pathOf(action === 'DO' ? 'UNDO' : 'undo'), text: textOf(undoLines(further, behind), behind), isMigration: false }] : []),
  ];
}

function placeOf(path: string): Place | undefined {
  const [, version, action = ''] = named.exec(nameOf(path)) ?? [];
  if (version === undefined) return undefined;
  return { role: action.toLowerCase() === 'undo' ? 'down' : 'up', order: [BigInt(version)] };
}
