// Files that lie among migrations and are not read: findings where somebody may run them or they are new, else a word about each.

import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import { Catalog } from '../../model/catalog.ts';
import type { StatedVersion } from '../../model/version.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { GitChanges } from '../../sources/git/changes.ts';
import { besideIn, type BesideFile, type Surroundings } from '../../sources/migrations/beside.ts';
import { listSome } from '../../text/list.ts';
import { unreadFile } from './unread-file.ts';

export interface UncheckedFiles {
  /** To be found. */
  readonly found: readonly BesideFile[];
  /** To be said. */
  readonly said: readonly BesideFile[];
}

/** `others`: files of folders that may hold migrations and were left out, absolute. */
export function uncheckedFiles(surroundings: Surroundings, others: readonly BesideFile[], changes: GitChanges | undefined): UncheckedFiles {
  const beside = besideIn(surroundings);
  if (changes === undefined) return { found: beside.filter(({ isRun }) => isRun), said: beside.filter(({ isRun }) => !isRun) };
  const isNew = ({ file }: BesideFile): boolean => isNewFile(file, changes);
  return { found: [...beside, ...others].filter(isNew), said: beside.filter((one) => !isNew(one)) };
}

/** Is it there, and does the base not have it as it is? */
export function isNewFile(file: string, { base, isThere, isSame }: GitChanges): boolean {
  const blob = base.blobAt(file);
  return isThere(file) && (blob === undefined || !isSame(file, blob));
}

/** One sentence for each reason. */
export function besideNotes(files: readonly BesideFile[], cwd: string): string[] {
  const reasons = [...new Set(files.map(({ why }) => why))];
  return reasons.map((reason) => {
    const paths = files.filter(({ why }) => why === reason).map(({ file }) => displayPath(file, cwd));
    const [verb, pronoun] = paths.length === 1 ? ['lies', 'is'] : ['lie', 'are'];
    return `${listSome(paths)} ${verb} among the migrations and ${pronoun} not linted: ${reason}`;
  });
}

/** They change nothing of what the migrations come to. */
export function historyOfUnchecked(files: readonly BesideFile[], stated: StatedVersion, cwd: string): History {
  const migrations = files.map((one) => uncheckedMigration(displayPath(one.file, cwd), one));
  return { migrations, start: Catalog.start('unknown'), settings: new Map(), newTables: 'migration', ...stated };
}

function uncheckedMigration(path: string, { why }: BesideFile): ParsedMigration {
  const message = `this file lies among the migrations and was not checked: ${why}`;
  const help = 'Lint the SQL that runs in its place, or say with "exclude:" in the configuration that nobody runs it';
  return unreadFile({ path, linted: true, problems: [{ rule: 'not-checked', message, help, span: { start: 0, end: 0 } }], tool: 'not read' });
}
