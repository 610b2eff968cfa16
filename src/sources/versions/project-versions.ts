// Which versions of PostgreSQL a project speaks of: its own folder, and those in it down to the migrations.

import { dirname } from 'node:path';
import { nearestVersion, type PostgresVersion, type StatedVersion } from '../../model/version.ts';
import { Directory } from '../disk/directory.ts';
import { repositoryRoot } from '../disk/repository-path.ts';
import { displayPath } from '../disk/display-path.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { tellingFiles } from './telling-files.ts';

/**
 * What the files of a project say: of the innermost one around a folder that says anything. The oldest first; none where nobody says
 * anything.
 */
export type MentionedNear = (folder: string) => readonly Mention[];

/** `bounds`: folders that somebody calls projects; without a repository, nothing above them is looked at. Folders are looked at once. */
export function mentionedVersions(...bounds: readonly string[]): MentionedNear {
  const known = new Map<string, readonly Mention[]>();
  const lookInto = (folder: string, highest: string): readonly Mention[] => {
    const mentions = known.get(folder) ?? mentionsIn(tellingFiles(folder, highest));
    known.set(folder, mentions);
    return mentions;
  };
  const near = (folder: string, highest: string, below: readonly Mention[]): readonly Mention[] => {
    const mentions = [...below, ...lookInto(folder, highest)];
    const isTop = folder === highest || dirname(folder) === folder;
    const isEnough = mentions.some(({ isOfDump }) => !isOfDump) && (bounds.includes(folder) || isProject(folder));
    return isTop || isEnough ? oldestFirst(mentions) : near(dirname(folder), highest, mentions);
  };
  return (folder) => near(folder, highestFor(folder, bounds), []);
}

/** What a dump says of the server that it is from counts where nobody says anything else. */
function oldestFirst(mentions: readonly Mention[]): readonly Mention[] {
  const said = mentions.filter(({ isOfDump }) => !isOfDump);
  const each = new Map((said.length > 0 ? said : mentions).map((mention) => [`${mention.path}:${mention.line} ${mention.major}`, mention]));
  return [...each.values()].toSorted((left, right) => left.major - right.major);
}

/** Files that make a folder the root of a program. */
const marks = /^(?:\.git|package\.json|deno\.jsonc?|go\.mod|Cargo\.toml|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|Gemfile|pyproject\.toml|setup\.py|requirements\.txt|manage\.py|composer\.json|mix\.exs|build\.sbt|.+\.(?:cs|fs)proj|.+\.slnx?)$/;

function isProject(folder: string): boolean {
  return new Directory(folder).names.some((name) => marks.test(name));
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
