// The files of graphile-migrate: committed/000001.sql and so on, then current.sql or current/*.sql. Source: github.com/graphile/migrate.

import { lineAtHead } from '../authoring/marks.ts';
import { dialectOf } from '../../../model/dialect.ts';
import type { Settings } from '../../../model/session.ts';
import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingOf, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import type { Framework, Insertion, Place } from '../framework.ts';

export const graphileMigrate: Framework = {
  name: 'graphile-migrate',
  title: 'graphile-migrate',
  dialect: () => dialectOf('graphile-migrate', ['colon']),
  leaving: 'a migration of its own that begins with --! no-transaction',
  authoring: {
    outside: 'marked',
    sendsSingly: false,
    refuses: (path) => (path.startsWith('committed/') ? 'graphile-migrate keeps the hash of a committed migration in it: run "graphile-migrate uncommit", and have current.sql fixed' : undefined),
    mark: lineAtHead('--! no-transaction'),
    write: () => ({ why: 'graphile-migrate has one current migration at a time: commit what can stay, and write the rest behind it' }),
  },
  layout: 'folders',
  rootOf: (directory) => {
    if (directory.name === 'committed' || directory.name === 'current') return isRoot(directory.parent) ? directory.parent : undefined;
    return isRoot(directory) ? directory : undefined;
  },
  evidence: { runs: /\bgraphile-migrate\b/ },
  /** Source: getAllMigrations() and runCommittedMigration() of src/migration.ts, 1.4. */
  conduct: {
    late: 'refuses',
    isPlacedBy: 'it names the hash of the one before it: run "graphile-migrate uncommit", and commit it anew',
    compares: 'nothing',
    changed: 'never runs the change where this migration has run, and refuses the file on a new database, because its hash differs',
    gone: 'refuses to run, because the next one names its hash',
    twins: 'refuses to run, because both follow the same migration',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => placeOf,
  cut: (file, transaction) => ({ ...uncut(file, isWithout(file.text) ? 'batch' : transaction), inserted: includesIn(file.text) }),
  settings,
};

function isRoot(directory: Directory | undefined): boolean {
  if (directory === undefined || !directory.has('committed')) return false;
  const isSetUp = [...directory.upwards()].some((above) => above.has('.gmrc') || above.has('.gmrc.js') || above.has('.gmrc.cjs'));
  return isSetUp || directory.has('current.sql') || directory.has('current');
}

function placeOf(path: string): Place | undefined {
  const committed = /^committed\/(\d+)/.exec(path)?.[1];
  if (committed !== undefined) return { role: 'up', order: [BigInt(committed)] };
  return /^current(?:\.sql$|\/)/.test(path) ? { role: 'up', order: ['current', path], isRepeatable: true } : undefined;
}

/** Lines that are filled with files of the folder `fixtures`. Source: compileIncludes() in src/migration.ts. */
function includesIn(text: string): Insertion[] {
  return Array.from(text.matchAll(/^--![ \t]*include[ \t]+([^\n\r]*?\.sql)[ \t]*$/gm), ({ 0: { length }, 1: name = '', index }) => ({
    span: { start: index, end: index + length },
    file: `fixtures/${name}`,
  }));
}

/** It stands among the comments at the head, beside the hash. */
function isWithout(text: string): boolean {
  const head = /^(?:\s*--[^\n\r]*)*/.exec(text)?.[0] ?? '';
  return /^[ \t]*--![ \t]*no-transaction\b/m.test(head);
}

/** `pgSettings` of its configuration are set on the connection. Source: withClient() in its src/pg.ts. */
function settings(root: Directory): Settings {
  const configuration = root.nearest('.gmrc', '.gmrc.js', '.gmrc.cjs').replace(/\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|^[ \t]*\/\/[^\n]*/gm, '');
  const own = /\bpgSettings["']?\s*:\s*\{([^{}]*)\}/.exec(configuration)?.[1] ?? '';
  const pairs = own.matchAll(/(?<!\w)(\w+)["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|(\d+))/g);
  const ofConnection = settingsOfParameters(connectionTexts(root), 'number');
  return new Map([...ofConnection, ...Array.from(pairs, ([, name = '', ...values]) => settingOf(name, values.find(Boolean) ?? ''))]);
}
