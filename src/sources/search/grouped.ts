// Puts folders together whose migrations are one history.

import { sep } from 'node:path';
import { databaseIn } from '../databases/folder-names.ts';
import type { Directory } from '../disk/directory.ts';
import { frameworks } from '../frameworks/index.ts';
import { isCounted } from '../migrations/home.ts';
import { toolOf, type FoundFolder } from './found-folder.ts';

/** Folders of one history together: those of one root, and those that a tool finds below the same one because it looks into folders. */
export function grouped(places: readonly FoundFolder[]): readonly FoundFolder[] {
  const groups = new Map<string, FoundFolder>();
  const roots = rootsByTool(places);
  for (const place of places) {
    const root = baseOf(place, roots.get(toolOf(place)) ?? new Set());
    const key = `${toolOf(place)} ${root.path}`;
    groups.set(key, together(groups.get(key), { ...place, root }));
  }
  return withCodeOfTheSame([...groups.values()].flatMap(apart));
}

function together(group: FoundFolder | undefined, place: FoundFolder): FoundFolder {
  if (group === undefined) return place;
  return {
    ...group,
    framework: group.framework ?? place.framework,
    sql: [...group.sql, ...place.sql],
    code: [...group.code, ...place.code],
    isGuess: group.isGuess && place.isGuess,
  };
}

/** Folders of plain SQL that each count from the start are histories of their own, unless the folders are what is counted. */
function apart(group: FoundFolder): readonly FoundFolder[] {
  const { framework, sql } = group;
  if (framework !== frameworks.plain || sql.length < 2 || sql.some(({ name }) => /\d/.test(name))) return [group];
  const numbers = sql.flatMap(({ sqlFiles }) => [...new Set(sqlFiles.flatMap((name) => /^\D{0,2}(\d+)/.exec(name)?.[1] ?? []))]);
  if (new Set(numbers).size === numbers.length) return [group];
  return sql.map((folder) => ({ ...group, root: folder, sql: [folder], code: group.code.filter((code) => code.folder === folder) }));
}

function rootsByTool(places: readonly FoundFolder[]): ReadonlyMap<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  for (const place of places) {
    const own = roots.get(toolOf(place)) ?? new Set();
    roots.set(toolOf(place), own.add(place.root.path));
  }
  return roots;
}

/**
 * The outermost folder above that has migrations of the same tool, or the nearest that is called as if it had. Plain SQL of one database, with
 * folders for its versions, has nothing to do with that of another: `migration/mysql/0.1/`, `migration/postgres/0.1/`.
 */
function baseOf({ framework, root }: FoundFolder, roots: ReadonlySet<string>): Directory {
  if (framework?.layout === 'flat' && root.parent && isCounted(root)) return root.parent;
  if (framework && (framework.layout !== 'nested' || framework.foldersOf?.(root) !== undefined)) return root;
  const above = [...root.upwards()];
  const wall = framework === frameworks.plain ? above.find((folder) => folder !== root && databaseIn(folder.name) !== undefined) : undefined;
  const named = above.find((folder) => folder === wall || /^(?:migrations?|changelogs?|deltas?|versioned|liquibase)$/i.test(folder.name));
  const outer = above.slice(0, wall && above.indexOf(wall) + 1).findLast(({ path }) => roots.has(path));
  return [named, outer].reduce<Directory>((base, one) => (one && one.path.length < base.path.length ? one : base), root);
}

/** Code that lies below the SQL of the same tool, or in the same module of Java, is a part of that history. */
function withCodeOfTheSame(groups: readonly FoundFolder[]): readonly FoundFolder[] {
  const parts = groups.filter(({ sql }) => sql.length === 0);
  const owners = groups.filter(({ sql }) => sql.length > 0);
  const owned = new Map(owners.map((owner) => [owner, parts.filter((part) => isPartOf(part, owner))]));
  const taken = new Set([...owned.values()].flat());
  return groups
    .filter((group) => !taken.has(group))
    .map((group) => ({ ...group, code: [...group.code, ...(owned.get(group) ?? []).flatMap(({ code }) => code)] }));
}

function isPartOf(part: FoundFolder, owner: FoundFolder): boolean {
  const isBelow = `${part.root.path}${sep}`.startsWith(`${owner.root.path}${sep}`);
  if (toolOf(part) === '') return isBelow;
  const module = moduleOf(part.root.path);
  return toolOf(part) === toolOf(owner) && (isBelow || (module !== undefined && module === moduleOf(owner.root.path)));
}

/** What lies before `src/main/java` and `src/main/resources`. */
function moduleOf(path: string): string | undefined {
  return /^(.*)[\\/]src[\\/]main[\\/](?:java|kotlin|groovy|scala|resources)[\\/]/.exec(path)?.[1];
}
