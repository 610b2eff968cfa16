// Who says which PostgreSQL is the oldest that a migration runs on, in words.

import type { PostgresVersion, VersionSource } from '../model/version.ts';

/** The end of a sentence: `compose.yml:12 says 14`. */
export function versionInWords(version: PostgresVersion, source: VersionSource): string {
  switch (source.kind) {
    case 'option':
      return `the option postgres says ${version}`;
    case 'configuration':
      return `${source.path} says ${version}`;
    case 'project':
      return `${source.path}:${source.line} says ${source.written ?? version}`;
    case 'assumed':
      return 'nothing says which PostgreSQL runs this';
  }
}
