// SQL files of no tool that is known: are they migrations?

import type { Directory } from '../disk/directory.ts';
import { folderNames } from './folder-names.ts';

/** `2_add_status.sql`, `20240101-x.sql`, `v1.2.sql`; not `2024.sql` beside nothing but queries, for which the texts have to speak. */
const numbered = /^[vV]?\d+(?:[^\d].*)?\.sql$/i;

const migrating = /migrat|^(?:changelogs?|changesets?|deltas?|upgrades?|schema[-_]?(?:changes|updates|versions|upgrades))$/i;

/** Folders of SQL that is run otherwise, whatever its files are called. */
const otherwise =
  /^(?:seeds?|seeders?|quer(?:y|ies)|tables?|types?|views?|triggers?|dumps?|backups?|snippets?|reports?)$|functions?|procedures?|init-?db(?:\.d)?$/i;

const changesTables = /\b(?:create|alter|drop)\s+(?:(?:unlogged|unique|materialized)\s+)?(?:table|index|type|schema|view|extension|sequence|function)\b/i;

export interface Guess {
  readonly why: string;
  /** No folder is called as if it held migrations. */
  readonly isGuess: boolean;
}

/** Undefined where nothing speaks for it. `project`: what is above it says nothing. */
export function whyMigrations(folder: Directory, project: Directory): Guess | undefined {
  const { sqlFiles } = folder;
  const above = folderNames(folder, project);
  const named = above.find((name) => migrating.test(name));
  const countable = sqlFiles.filter((name) => numbered.test(name));
  if (above.some((name) => otherwise.test(name))) return undefined;
  if (countable.length === 0 && !above.slice(0, 2).some((name) => migrating.test(name))) return undefined;
  const [name = ''] = above;
  const isCalledSo = /^migrations?$/i.test(name) || (migrating.test(name) && countable.length > 0);
  if (!isCalledSo && !makesTables(folder, countable.length > 0 ? countable : sqlFiles)) return undefined;
  if (named !== undefined) return { why: `SQL files in a folder called "${named}"`, isGuess: false };
  const isSeries = countable.length > 1 && countable.length * 2 > sqlFiles.length;
  return isSeries ? { why: 'numbered SQL files that make and change tables', isGuess: true } : undefined;
}

/** Any of the first, the middle and the last. */
function makesTables(folder: Directory, names: readonly string[]): boolean {
  return [names[0], names[names.length >> 1], names.at(-1)].some((name) => name !== undefined && changesTables.test(folder.beginning(name)));
}
