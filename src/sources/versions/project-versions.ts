// Which versions of PostgreSQL a project speaks of: the nearest folder that speaks of any is asked.

import { dirname } from 'node:path';
import { nearestVersion, type PostgresVersion, type StatedVersion } from '../../model/version.ts';
import { repositoryRoot } from '../disk/repository-path.ts';
import { displayPath } from '../migrations/find-migrations.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { tellingFiles } from './telling-files.ts';

/** What a folder's files, or those of the nearest folder above it, say; the oldest first, none where nobody says anything. */
export type MentionedNear = (folder: string) => readonly Mention[];

/** `cwd`, `directory`: without a repository, nothing above them is looked at. Folders are looked at once. */
export function mentionedVersions(...bounds: readonly string[]): MentionedNear {
  const known = new Map<string, readonly Mention[]>();
  const near = (folder: string, highest: string): readonly Mention[] => {
    const before = known.get(folder);
    if (before) return before;
    const own = mentionsIn(tellingFiles(folder, highest)).toSorted((left, right) => left.major - right.major);
    const found = own.length > 0 || folder === highest || dirname(folder) === folder ? own : near(dirname(folder), highest);
    known.set(folder, found);
    return found;
  };
  return (folder) => near(folder, highestFor(folder, bounds));
}

function highestFor(folder: string, bounds: readonly string[]): string {
  const isAbove = (bound: string): boolean => folder === bound || folder.startsWith(bound.endsWith('/') ? bound : `${bound}/`);
  const above = bounds.filter(isAbove).toSorted((left, right) => left.length - right.length);
  return repositoryRoot(folder) ?? above[0] ?? folder;
}

/** The version that the oldest of them stands for; undefined of none. */
export function statedBy([oldest]: readonly Mention[], cwd: string): StatedVersion | undefined {
  if (oldest === undefined) return undefined;
  const version: PostgresVersion = nearestVersion(oldest.major);
  const { line, written, major } = oldest;
  const place = { kind: 'project', path: displayPath(oldest.path, cwd), line } as const;
  return { version, versionSource: version === major ? place : { ...place, written } };
}
