// The files of node-pg-migrate in SQL: `-- Up Migration` and `-- Down Migration`, or .up.sql and .down.sql with its loader
// `sql`; all pending files in one transaction.
// Source: salsita.github.io/node-pg-migrate, "SQL migrations", and its option --single-transaction; getActions() in
// src/sqlMigration.ts and src/migrationLoader.ts of its source, v9.

import { inOneFile, inTwoFiles } from '../authoring/layouts.ts';
import type { Authoring } from '../authoring/authoring.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import type { Part, TransactionMode } from '../../../model/migration.ts';
import type { Directory } from '../../disk/directory.ts';
import { uncut } from '../files/cut.ts';
import { knownByMark } from '../files/look-inside.ts';
import { neverAgain } from '../conduct.ts';
import { isSaid } from '../evidence.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { areNamed } from '../files/majority.ts';
import { byNumber, byNumberAndDirection } from '../files/places.ts';

const marked = knownByMark(/^[ \t]*--[\s-]{0,100}up\s{1,100}migration/im);

export const nodePgMigrate: Framework = {
  name: 'node-pg-migrate',
  title: 'node-pg-migrate',
  leaving: 'a migration of its own in JavaScript that calls pgm.noTransaction()',
  authoring: { outside: 'none', sendsSingly: false, write: (further, behind) => writeLike(behind.path)(further, behind) },
  layout: 'flat',
  ...marked,
  rootOf: (directory) => (areNamed(directory, /^\d/, 'half') ? marked.rootOf(directory) : undefined),
  rootIfRun: (directory) => (areNamed(directory, /^\d+[_-].*\.sql$/i, 'half') ? directory : undefined),
  evidence: { runs: /\bnode-pg-migrate\b/ },
  /** Source: checkOrder() and getMigrationsToRun() of src/runner.ts, 9.0. */
  conduct: {
    late: 'refuses',
    lateIn: (root) => (isSaid(/\bnode-pg-migrate\b.*\s--(?:no-check-order|check-order[= ]false)\b|["']?check-?[oO]rder["']?\s*:\s*false\b/, root) ? 'runs' : undefined),
    unless: 'it is run with --no-check-order',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'refuses to run where it has run, because the others no longer stand where they stood',
  },
  transaction: (root) => (root && isSplit(root.nearest('package.json')) ? 'file' : 'run'),
  remembers: 'name',
  stopsAtByteOrderMark: () => true,
  places: (root) => (hasPairs(root) ? byNumberAndDirection : byNumber),
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', 'config/default.json', 'database.json'), 'number'),
};

/** `x.up.sql` has its way down in another file. */
function writeLike(path: string): NonNullable<Authoring['write']> {
  return /\.up\.sql$/i.test(path) ? inTwoFiles() : inOneFile({ up: ['-- Up Migration'], down: ['-- Down Migration'] });
}

/** The first mark of each way decides, and what stands behind both is of the way that comes last. Without a mark of the way up, all is one. */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text, name, root } = file;
  const [up, down] = [markIn(text, 'up'), markIn(text, 'down')];
  const isOfPair = /\.(?:up|down)\.sql$/.test(name) && root !== undefined && hasPairs(root);
  if (up < 0 || isOfPair) return uncut(file, transaction);
  const part = (start: number, end: number): Part => ({ spans: [{ start, end }], transaction });
  return {
    up: [part(up, down > up ? down : text.length)],
    down: down < 0 ? [] : [part(down, up > down ? up : text.length)],
    outside: [{ start: 0, end: down < 0 ? up : Math.min(up, down) }],
  };
}

/**
 * Where `^\s*--[\s-]*up\s+migration` begins, in multiline mode and in any case; -1 where it does not. It is looked for from its words, because the
 * expression itself takes quadratic time on empty lines.
 */
function markIn(text: string, direction: 'up' | 'down'): number {
  for (const { index } of text.matchAll(new RegExp(`${direction}\\s+migration`, 'gi'))) {
    let start = index;
    while (start > 0 && /[\s-]/.test(text.charAt(start - 1))) start -= 1;
    const begin = firstLineOf(text.slice(start, index), start === 0);
    if (begin >= 0) return start + begin;
  }
  return -1;
}

/** Of white space and dashes, the line that begins with two dashes, or white space before it; -1 where there is none. */
function firstLineOf(text: string, isAtStart: boolean): number {
  const breaks = Array.from(text.matchAll(/[\n\r\u2028\u2029]/g), ({ index }) => index + 1);
  let dashes = -1;
  for (const begin of isAtStart ? [0, ...breaks] : breaks) {
    if (begin > dashes) dashes = begin + text.slice(begin).search(/-|$/);
    if (text.startsWith('--', dashes)) return begin;
  }
  return -1;
}

/** With its loader `sql`, x.up.sql and x.down.sql are one migration; else they are two. */
function hasPairs(root: Directory): boolean {
  const known = pairs.get(root) ?? (areNamed(root, /\.(?:up|down)\.sql$/, 'most') || saysSqlLoader(root));
  pairs.set(root, known);
  return known;
}

const pairs = new WeakMap<Directory, boolean>();

function saysSqlLoader(root: Directory): boolean {
  const loader = /["']?loader["']?\s*:\s*["']sql["']/;
  return isSaid(loader, root) || loader.test(root.nearest('config/default.json', 'database.json'));
}

function isSplit(scripts: string): boolean {
  return /--no-single-transaction|--single-transaction[ =]false/.test(scripts);
}
