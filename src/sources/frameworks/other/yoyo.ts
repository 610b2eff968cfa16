// The SQL files of Yoyo: x.sql by name, behind those that `-- depends:` names, with the way down in x.rollback.sql.
// Source: ollycope.com/software/yoyo, "SQL migrations"; read_sql_migration() and Migration.process_steps() of its source.

import { nextName } from '../authoring/next-name.ts';
import type { Neighbour } from '../authoring/authoring.ts';
import type { FurtherMigration } from '../../../model/cure.ts';
import { lineAtHead } from '../authoring/marks.ts';
import { oneByOne, statementsOf, textOf, undoLines, type Made } from '../authoring/layouts.ts';
import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingsOfOptions } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areMarked } from '../files/majority.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const depends = /^[ \t]*--[ \t]*depends[ \t]*:[ \t]*([^\n\r]*)/gm;

export const yoyo: Framework = {
  name: 'yoyo',
  title: 'Yoyo',
  leaving: 'a file of its own that begins with -- transactional: false',
  authoring: { outside: 'marked', sendsSingly: true, mark: lineAtHead('-- transactional: false'), write: oneByOne(writeBehind) },
  layout: 'flat',
  rootOf: (directory) => (areMarked(directory, new RegExp(depends, 'm'), 'most') ? directory : undefined),
  rootIfRun: (directory) => (directory.sqlFiles.length > 0 ? directory : undefined),
  evidence: { runs: /\byoyo(?:-migrations\b|\s+(?:apply|rollback|list|new|develop)\b)|\bfrom yoyo\b/, files: ['yoyo.ini'] },
  /** Source: ollycope.com/software/yoyo: what is recorded is the id of a migration, and a hash of the id. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
    twins: 'takes two files of one name for the same migration',
  },
  transaction: () => 'file',
  remembers: 'name',
  places,
  cut: (file, transaction) => uncut(file, /^[ \t]*--[ \t]*transactional[ \t]*:[ \t]*false\b/im.test(file.text) ? 'statement' : transaction),
  settings: (root) => settingsOfOptions(connectionTexts(root, 'yoyo.ini')),
};

/** `20260101_01_x5Kb2-add-orders` goes on with `20260101_02`, and each names the one before it. */
function writeBehind(further: FurtherMigration, behind: Neighbour): Made {
  const { path, taken, isUndone } = behind;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const ids = Array.from(taken, idOf);
  const dated = /^(\d{8}_)(\d\d)(?=[_-])/.exec(idOf(path));
  const name = dated ? `${dated[1]}${String(Number(dated[2]) + 1).padStart(2, '0')}-${further.name.replaceAll('_', '-')}` : nextName(idOf(path), further.name, ids);
  if (typeof name !== 'string') return name;
  const mark = further.place === 'outside' ? ['-- transactional: false'] : [];
  return [
    { path: `${folder}${name}.sql`, text: textOf([...mark, `-- depends: ${idOf(path)}`, ...statementsOf(further.statements)], behind), isMigration: true },
    ...(isUndone ? [{ path: `${folder}${name}.rollback.sql`, text: textOf([...mark, ...undoLines(further, behind)], behind), isMigration: false }] : []),
  ];
}

function places(root: Directory, paths: readonly string[]): (path: string) => Place {
  const ids = paths.filter((path) => !isRollback(path)).map(idOf).toSorted();
  const pathOf = new Map(paths.filter((path) => !isRollback(path)).map((path) => [idOf(path), path]));
  const order = new Map<string, bigint>();
  const visit = (id: string, above: readonly string[]): void => {
    const path = pathOf.get(id);
    if (path === undefined || order.has(id) || above.includes(id)) return;
    const needed = Array.from((root.text(path) ?? '').matchAll(depends), ([, names = '']) => names.split(/\s+/)).flat();
    for (const one of needed) visit(one, [...above, id]);
    order.set(id, BigInt(order.size));
  };
  for (const id of ids) visit(id, []);
  return (path) => ({ role: isRollback(path) ? 'down' : 'up', order: [order.get(idOf(path)) ?? idOf(path)] });
}

function isRollback(path: string): boolean {
  return path.endsWith('.rollback.sql');
}

function idOf(path: string): string {
  return nameOf(path).replace(/(?:\.rollback)?\.sql$/, '');
}
