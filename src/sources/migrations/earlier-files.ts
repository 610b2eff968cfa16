// The files that may come before those that somebody names.

import type { CodeTool } from '../code/code-tool.ts';
import type { Directory } from '../disk/directory.ts';
import { isInside } from '../disk/inside.ts';
import { expand, isExcluded, sqlFilesAt, type Exclusions } from '../disk/expand.ts';
import type { Framework } from '../frameworks/framework.ts';
import { foldersBelow } from '../search/walk.ts';
import type { Home } from './home.ts';
import { codeFilesIn } from './look-up.ts';
import type { Search } from './migration-history.ts';

/** SQL where no tool is given. */
export interface AnyFile {
  readonly file: string;
  readonly tool?: CodeTool;
}

/** All of the history, be they earlier or not. */
export function filesOf({ framework, root }: Home, search: Search): AnyFile[] {
  const folders = framework.foldersOf?.(root)?.filter(({ path }) => isInside(path, [topOf(root).path]));
  if (folders) return filesBelow(folders, search);
  const here = sqlFilesAt(root.path, 'here', search);
  const below = framework.layout === 'folders' ? sqlFilesAt(root.path, 'below', search) : [];
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

function filesBelow(folders: readonly Directory[], search: Search): AnyFile[] {
  const sql = folders.flatMap(({ path }) => expand('**/*.sql', path, search));
  const code = folders.flatMap((folder) => [...foldersBelow(folder)].flatMap((below) => codeFilesIn(below, topOf(folder), search)));
  return [...sql.map((file) => ({ file })), ...code];
}
