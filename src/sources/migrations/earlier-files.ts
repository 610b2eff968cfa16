// The files that may come before those that somebody names.

import type { CodeTool } from '../code/code-tool.ts';
import type { Directory } from '../disk/directory.ts';
import { expand, sqlFilesAt, type Exclusions } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { foldersBelow } from '../search/walk.ts';
import type { Home } from './home.ts';
import { codeFilesIn, isExcluded } from './look-up.ts';
import type { Search } from './migration-history.ts';

/** SQL where no tool is given. */
export interface AnyFile {
  readonly file: string;
  readonly tool?: CodeTool;
}

/** All of the history, be they earlier or not. */
export async function filesOf({ framework, root }: Home, search: Search): Promise<AnyFile[]> {
  const folders = framework.foldersOf?.(root);
  if (folders) return filesBelow(folders, search);
  const here = await sqlFilesAt(root.path, 'here', search);
  const below = framework.layout === 'folders' ? await sqlFilesAt(root.path, 'below', search) : [];
  const listed = listedBy(framework, root, search);
  return [...[...new Set([...here, ...below, ...listed])].map((file) => ({ file })), ...codeFilesIn(root, topOf(root), search)];
}

function listedBy(framework: Framework, root: Directory, exclusions: Exclusions): readonly string[] {
  return framework.listed?.(root).filter((file) => !isExcluded(file, exclusions)) ?? [];
}

/** The root of the repository, or as far up as anything is looked for. */
function topOf(directory: Directory): Directory {
  return [...directory.upwards()].at(-1) ?? directory;
}

async function filesBelow(folders: readonly Directory[], search: Search): Promise<AnyFile[]> {
  const sql = await Promise.all(folders.map(({ path }) => expand('**/*.sql', path, search)));
  const code = folders.flatMap((folder) => [...foldersBelow(folder)].flatMap((below) => codeFilesIn(below, topOf(folder), search)));
  return [...sql.flat().map((file) => ({ file })), ...code];
}
