// A history that starts with a dump of a database: what it reads, and which of the migrations it contains.

import { existsSync } from 'node:fs';
import { startBehind } from '../../engine/starting-point.ts';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import { unreadIn } from '../../engine/unread.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Limits } from '../../model/limits.ts';
import { UserError } from '../../model/user-error.ts';
import type { PostgresVersion } from '../../model/version.ts';
import type { Parser } from '../../parser/parser.ts';
import { appliedVersions, versionOf } from '../../sources/migrations/applied-versions.ts';
import { configName } from '../../sources/find-config.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { MigrationFile } from '../../sources/migrations/migration-history.ts';
import type { GitChanges } from '../../sources/git/changes.ts';
import { readInput, readText } from '../../sources/disk/read-text.ts';
import { beginsAsSql } from '../../text/begins-as-sql.ts';
import { SourceText } from '../../text/source-text.ts';

export interface Dump {
  readonly migration: ParsedMigration;
  /** It says that the migration was run before it was made. */
  readonly lists: (path: string) => boolean;
}

/**
 * As it was before all that is new; where there was none, as it is.
 * @throws UserError where it is missing, or at the first piece of it that can't be read.
 */
export function readDump(file: string, cwd: string, parser: Parser, changes: GitChanges | undefined, limits: Limits): Dump {
  const path = displayPath(file, cwd);
  if (!existsSync(file)) throw new UserError(`there is no file "${path}", which "schema:" in ${configName} names`);
  const blob = changes?.base.blobAt(file);
  const old = blob && changes?.base.contentOf(blob);
  const { text, problems } = old ? readInput(old, limits) : readText(file, limits);
  if (problems.length === 0 && !beginsAsSql(text)) throw new UserError(`"${path}", which "schema:" in ${configName} names, does not begin as SQL does, and is not read`);
  const source = new SourceText(path, text);
  const parsed = parser.parse(source);
  const [problem] = [...problems, ...unreadIn(parsed.problems)];
  if (problem) throw new UserError(`the schema can't be read: ${problem.message}`, { path, ...source.positionOf(problem.span.start) });
  if (parsed.statements.length === 0) throw new UserError(`"${path}", which "schema:" in ${configName} names, holds no statement`);
  const versions = appliedVersions(source, parsed.statements);
  return { migration: replayed(source, parsed), lists: (migration) => versions.has(versionOf(migration) ?? '') };
}

function replayed(source: SourceText, parsed: ParsedMigration['parsed']): ParsedMigration {
  return {
    source,
    parsed,
    linted: false,
    parts: [{ spans: [{ start: 0, end: source.text.length }], transaction: 'statement' }],
    direction: 'up',
    joins: 'nothing',
    runs: 'once',
    goesOn: false,
    isRunKnown: true,
    leaving: undefined,
    tool: 'pg_dump',
  };
}

/** What is history and contained in the dump is not run again. */
export function withoutContained(files: readonly MigrationFile[], { lists }: Dump): MigrationFile[] {
  return files.filter(({ linted, path }) => linted || !lists(path));
}

/** `read`: the migrations of a linted file. */
export function startingWith(
  dump: Dump,
  files: readonly MigrationFile[],
  read: (file: MigrationFile) => readonly ParsedMigration[],
  version: PostgresVersion,
): Catalog {
  const linted = files.filter((file) => file.linted);
  const next = linted.flatMap((file) =>
    read(file)
      .filter(({ direction }) => direction === 'up')
      .map((migration) => ({ migration, isListed: dump.lists(file.path) })),
  );
  return startBehind(dump.migration, next, version);
}
