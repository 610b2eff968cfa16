// SQL files of no tool that is known: are they migrations?

import type { Directory } from '../disk/directory.ts';
import { folderNames } from './folder-names.ts';

/** `2_add_status.sql`, `20240101-x.sql`, `v1.2.sql`; not `2024.sql` beside nothing but queries, for which the texts have to speak. */
const numbered = /^[vV]?\d+(?:[^\d].*)?\.sql$/i;

const migrating = /^(?:(?:db|sql|schema|database)[-_]?)?(?:migrations?|migrate|changelogs?|changesets?|deltas?|upgrades?|versioned)$|^schema[-_]?(?:changes|updates|versions|upgrades)$/i;

/** Folders that may have to do with migrations, and may be the code that runs them, or a program for something else. */
const perhapsMigrating = /migrat/i;

/** Folders of SQL that is run otherwise, whatever its files are called. */
const otherwise =
  /^(?:seeds?|seeders?|quer(?:y|ies)|tables?|types?|views?|triggers?|dumps?|backups?|snippets?|reports?)$|functions?|procedures?|init-?db(?:\.d)?$|init-scripts?$/i;

const changesTables =
  /\b(?:create|alter|drop)\s+(?:or\s+replace\s+)?(?:(?:unlogged|unique|materialized)\s+)?(?:table|index|type|schema|view|extension|sequence|function|procedure|trigger|policy|domain)\b/i;

export interface Guess {
  readonly why: string;
  /** Files of a tool, if there are any in the project, are surer. */
  readonly isGuess: boolean;
}

/** Undefined where nothing speaks for it. `top`: what is above it says nothing. */
export function whyMigrations(folder: Directory, top: Directory): Guess | undefined {
  const { sqlFiles } = folder;
  const names = folderNames(folder, top);
  const near = names.slice(0, 2);
  const countable = sqlFiles.filter((name) => numbered.test(name));
  const named = (countable.length > 0 ? names : near).find((name) => migrating.test(name)) ?? near.find((name) => perhapsMigrating.test(name));
  if (names.some((name) => otherwise.test(name))) return undefined;
  if (named === undefined && (countable.length < 2 || countable.length * 2 <= sqlFiles.length)) return undefined;
  const isCalledSo = migrating.test(folder.name) && (countable.length > 0 || /^migrations?$/i.test(folder.name));
  if (!isCalledSo && !makesTables(folder, countable.length > 0 ? countable : sqlFiles)) return undefined;
  if (named === undefined) return { why: 'numbered SQL files that make and change tables', isGuess: true };
  return { why: `SQL files in a folder called "${named}"`, isGuess: !migrating.test(named) || (countable.length === 0 && !/\d/.test(folder.name)) };
}

/** Any of the first, the middle and the last. */
function makesTables(folder: Directory, names: readonly string[]): boolean {
  return [names[0], names[names.length >> 1], names.at(-1)].some((name) => name !== undefined && changesTables.test(folder.beginning(name)));
}
