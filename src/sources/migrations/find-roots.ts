// Where the migrations of a project are, when nobody says so: in directories that tools and people give them.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Directory } from '../disk/directory.ts';
import type { Framework } from '../frameworks/framework.ts';
import { detect } from '../frameworks/index.ts';

/** Relative to the project; a tool's marks decide, and the name `migrations` does. */
const usual = [
  'migrations',
  'db/migrations',
  'db/migration',
  'database/migrations',
  'sql/migrations',
  'prisma/migrations',
  'supabase/migrations',
  'drizzle',
  'deploy',
  'src/main/resources/db/migration',
  'src/main/resources/db/changelog',
  'migrations/default',
];

const deepest = 4;
const most = 2000;

/** Absolute paths, by name; empty where nothing looks like migrations. */
export function findRoots(project: string): readonly string[] {
  const found = usual.map((path) => join(project, path)).filter(holdsMigrations);
  return found.length > 0 ? found : migrationsBelow(project);
}

/** The tools whose migrations lie in a project, each once. */
export function frameworksBelow(project: string): readonly Framework[] {
  const found = findRoots(project).flatMap((path) => {
    const directory = new Directory(path);
    const detected = detect(directory) ?? foldersOf(directory).map(detect).find((one) => one !== undefined);
    return detected === undefined ? [] : [detected.framework];
  });
  return [...new Set(found)];
}

function holdsMigrations(path: string): boolean {
  const directory = new Directory(path);
  return directory.sqlFiles.length > 0 || foldersOf(directory).some((folder) => detect(folder)?.root.path === path);
}

function foldersOf(directory: Directory): readonly Directory[] {
  return directory.names.filter((name) => !name.includes('.')).map((name) => new Directory(join(directory.path, name)));
}

/** Directories called `migrations` with SQL in them; the search ends where a project is too large for it. */
function migrationsBelow(project: string): readonly string[] {
  const found: string[] = [];
  let level = [project];
  let seen = 0;
  for (let depth = 0; depth < deepest && seen < most; depth += 1) {
    const below = level.flatMap(foldersIn);
    seen += below.length;
    found.push(...below.filter((path) => /[\\/]migrations?$/i.test(path) && holdsMigrations(path)));
    level = below;
  }
  return found.toSorted();
}

const skipped: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'target', 'dist', 'build', 'test', 'tests', 'fixtures']);

function foldersIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name));
    return folders.map(({ name }) => join(path, name));
  } catch {
    return [];
  }
}
