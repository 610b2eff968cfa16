// Files that lie among migrations and are none: documents, and dumps of the database.

import { basename, dirname, resolve } from 'node:path';
import { namedFileOf } from '../sources/code/named-file.ts';
import { Directory } from '../sources/disk/directory.ts';
import { strayReason } from '../sources/disk/stray-file.ts';
import { configName } from '../sources/find-config.ts';
import { isDump, isNamedLikeDump } from '../sources/migrations/dumps.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import type { MigrationFile } from '../sources/migrations/migration-history.ts';
import type { Site } from './site.ts';

/** Undefined for what may be one. A dump that somebody names is linted, as it was asked for. */
export function whyNoMigration({ file, path, code }: MigrationFile, site: Site): string | undefined {
  const { texts, options } = site;
  if (code || (options.stdin?.path !== undefined && resolve(options.cwd, options.stdin.path) === file)) return undefined;
  const other = namedFileOf(file);
  if (other?.kind === 'document') return `it is ${other.language}, not SQL`;
  if (texts.isNamed(file) || !isNamedLikeDump(path) || strayReason(file, texts.project) !== undefined) return undefined;
  return isDump(new Directory(dirname(file)).beginning(basename(file))) ? `it is ${dumpInWords(displayPath(file, site.configuration.directory))}` : undefined;
}

/** `path`: relative to the configuration. */
export function dumpInWords(path: string): string {
  return `a dump of a database as pg_dump writes it, not a migration; name it as "schema: ${path}" in ${configName}, and the history starts from it`;
}
