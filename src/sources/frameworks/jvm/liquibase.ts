// Liquibase: formatted SQL, whose changesets are migrations of their own, in the order of the changelogs that include the files; and
// what it prints of any changelog. Source: docs.liquibase.com, "Formatted SQL changelog" and "update-sql".

import { dialectOf } from '../../../model/dialect.ts';
import { dirname, join } from 'node:path';
import type { TransactionMode } from '../../../model/migration.ts';
import { Directory } from '../../disk/directory.ts';
import { settingsOfOptions } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { notMissed } from '../conduct.ts';
import type { Framework, Several, SqlFile } from '../framework.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byName } from '../files/places.ts';
import type { EntryChangeset } from './liquibase/changelog.ts';
import { changelogAbove, changelogOf, entryOf, type RootChangelog } from './liquibase/changelog-of.ts';
import { whyNotWritten, withoutTransaction, writeFurther } from './liquibase/further-changesets.ts';
import { changesetsIn, formattedMark, wholeText } from './liquibase/formatted-sql.ts';
import { printedChangesets, printedMark } from './liquibase/update-sql.ts';
import { springSettings } from '../settings/spring.ts';

const marked = knownByMark(new RegExp(`(?<![\\s\\S])${formattedMark.source.slice(1)}|${printedMark.source}`, 'im'));

export const liquibase: Framework = {
  name: 'liquibase',
  title: 'Liquibase',
  dialect: () => dialectOf('Liquibase', ['brace']),
  leaving: 'a changeset of its own with runInTransaction:false',
  authoring: {
    outside: 'marked',
    sendsSingly: true,
    cutsBlocks: true,
    refuses: (_, text) => whyNotWritten(text),
    mark: (file, _, end, isBlock) => withoutTransaction(file, end, isBlock),
    write: writeFurther,
  },
  unit: 'changeset',
  layout: 'nested',
  ...marked,
  rootOf: (directory) => {
    const changelog = directory.sqlFiles.length > 0 ? changelogAbove(directory) : undefined;
    if (changelog) return directoryOf(changelog, directory);
    return marked.rootOf(directory);
  },
  /** Source: ValidatingVisitor.visit() and AbstractSQLChange.NormalizingStream of liquibase-standard, 4.31. */
  conduct: {
    late: 'runs',
    hasList: true,
    isPlacedBy: 'its changelogs have the order, and give changesets their ids',
    compares: 'letters',
    changed: 'refuses to update where this changeset has run, because its checksum differs, unless validCheckSum names the new one',
    gone: notMissed,
    twins: 'refuses to update with two changesets of one id, author and file',
  },
  transaction: () => 'file',
  places: (root) => (path) => {
    const entry = entryOf(join(root.path, path), root);
    return { role: 'up', order: entry ? [BigInt(entry.index)] : byName(path).order };
  },
  knownAs: (text) => /^--\s*liquibase formatted sql\b[^\n\r]{0,400}\blogicalFilePath:(\S+)/i.exec(text)?.[1],
  listed: (root) => sqlFilesOf(changelogOf(root)),
  cut: uncut,
  migrationsIn,
  settings: (root) => new Map([...springSettings(root, 'liquibase'), ...settingsOfOptions(root.nearest('liquibase.properties'))]),
};

function directoryOf({ file }: RootChangelog, below: Directory): Directory {
  const path = dirname(file);
  return [...below.upwards()].find((directory) => directory.path === path) ?? new Directory(path);
}

function sqlFilesOf(changelog: RootChangelog | undefined): readonly string[] {
  return changelog?.entries.filter(({ kind }) => kind === 'sql').map(({ file }) => file) ?? [];
}

function migrationsIn(file: SqlFile, transaction: TransactionMode): Several {
  const { text } = file;
  if (formattedMark.test(text)) return changesetsIn(text, transaction);
  if (printedMark.test(text)) return printedChangesets(text, transaction);
  const changeset = changesetAround(file);
  return changeset ? oneChangeset(text, changeset, transaction) : wholeText(text, transaction);
}

/** The one in a changelog of another format that runs the file. */
function changesetAround({ name, directory, root }: SqlFile): EntryChangeset | undefined {
  return directory && root && entryOf(join(directory.path, name), root)?.changeset;
}

function oneChangeset(text: string, { author, id, transaction }: EntryChangeset, usual: TransactionMode): Several {
  const span = { start: 0, end: text.length };
  const parts = [{ spans: [span], transaction: transaction ?? usual }];
  return { migrations: [{ name: `${author}:${id}`, aliases: [id, `${id}::${author}`], direction: 'up', span, parts, joins: 'nothing', runs: 'once' }], hasFlatComments: true };
}
