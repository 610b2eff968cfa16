// Drizzle: the order of meta/_journal.json, or of the folders that newer versions write; all pending files in one transaction.
// Source: orm.drizzle.team/docs/migrations, PgDialect.migrate().

import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { BREAKPOINT, outsideOfRun, writeFurther } from './drizzle/further-migrations.ts';
import { uncut } from '../files/cut.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import type { Cut, Framework, Place, SqlFile } from '../framework.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { aboveFolders } from '../files/folder-for-each.ts';
import { byFolder } from '../files/places.ts';

export const drizzle: Framework = {
  name: 'drizzle',
  title: 'Drizzle',
  leaving: 'COMMIT; before it and BEGIN; behind it, with --> statement-breakpoint between each two',
  isLeftByCommit: true,
  authoring: { outside: 'marked', sendsSingly: true, endsRuns: true, between: BREAKPOINT, mark: outsideOfRun, write: writeFurther },
  layout: 'folders',
  rootOf: (directory) => (directory.has('meta/_journal.json') ? directory : inFolders(directory)),
  evidence: { runs: /\bdrizzle-kit\s+migrate\b|\bdrizzle-orm\/[\w-]+\/migrator\b/, uses: /"drizzle-(?:orm|kit)"/ },
  absent: (root) => {
    const files = tagsOf(root).map((tag) => `${tag}.sql`).filter((name) => !root.has(name));
    return new Map(files.map((name) => [name, 'Drizzle stops where its journal names a file that is not there']));
  },
  /** Source: migrate() of pg-core/dialect.ts and readMigrationFiles() of migrator.ts, 0.45: the hash is kept, and never compared. */
  conduct: {
    late: 'skips',
    hasList: true,
    isPlacedBy: 'its journal says when it was made: drop it with "drizzle-kit drop", and generate it anew',
    ages: agesOf,
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
  },
  transaction: () => 'run',
  stopsAtByteOrderMark: () => true,
  strays: 'that is not in its journal',
  places: (root) => {
    const tags = tagsOf(root);
    return (path) => placeInJournal(path, tags) ?? byFolder((folder) => [folder])(path) ?? { role: 'up', order: [path], isStray: true };
  },
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'drizzle.config.ts', 'drizzle.config.js'), 'number'),
};

/** It cuts at these words wherever they stand, and what stands behind them is no comment any more. Source: readMigrationFiles(). */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const breaks = Array.from(file.text.matchAll(/--> statement-breakpoint/g), ({ 0: { length }, index }) => ({ start: index, end: index + length }));
  return { ...uncut(file, transaction), breaks };
}

const inFolders = aboveFolders((folder) => folder.has('migration.sql') && folder.has('snapshot.json'));

/** In the order of the journal's entries. */
function tagsOf(root: Directory): readonly string[] {
  return Array.from((root.text('meta/_journal.json') ?? '').matchAll(/"tag"\s*:\s*"([^"]+)"/g), ([, tag = '']) => tag);
}

/** `when` of the entries, in milliseconds: what is older than the newest that has run, it passes over. */
function agesOf(root: Directory): (path: string) => bigint | undefined {
  const entries = (root.text('meta/_journal.json') ?? '').match(/\{[^{}]*\}/g) ?? [];
  const ages = new Map(entries.map((entry) => [/"tag"\s*:\s*"([^"]+)"/.exec(entry)?.[1], /"when"\s*:\s*(\d+)/.exec(entry)?.[1]]));
  return (path) => {
    const age = ages.get(path.replace(/\.sql$/, ''));
    return age === undefined ? undefined : BigInt(age);
  };
}

function placeInJournal(path: string, tags: readonly string[]): Place | undefined {
  const index = tags.indexOf(path.replace(/\.sql$/, ''));
  return index < 0 ? undefined : { role: 'up', order: [BigInt(index)] };
}
