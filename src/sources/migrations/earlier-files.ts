// The files that may come before those that somebody names.

import type { CodeTool } from '../code/code-tool.ts';
import type { Exclusions } from '../disk/exclusions.ts';
import type { Directory } from '../disk/directory.ts';
import { sqlFilesAt, sqlFilesBelow } from '../disk/expand.ts';
import { isInside } from '../disk/inside.ts';
import type { Framework } from '../frameworks/framework.ts';
import { foldersBelow } from '../search/walk.ts';
import type { Home } from './home.ts';
import { codeFilesIn } from './look-up.ts';

/** SQL where no tool is given. */
export interface AnyFile {
  readonly file: string;
  readonly tool?: CodeTool;
}

/** All of the history, be they earlier or not. */
export function filesOf({ framework, root }: Home, exclusions: Exclusions): AnyFile[] {
  const folders = framework.foldersOf?.(root)?.filter(({ path }) => isInside(path, [topOf(root).path]));
  const files = folders ? filesBelow(folders, exclusions) : filesAt(framework, root, exclusions);
  // What else lies in a project whose migrations are code is none of them.
  const isOwn = ({ tool }: AnyFile): boolean => folders === undefined || framework.isPrinted !== true || tool?.title === framework.title;
  return files.filter((one) => isOwn(one) && !exclusions.has(one.file));
}

function filesAt(framework: Framework, root: Directory, exclusions: Exclusions): AnyFile[] {
  const here = sqlFilesAt(root.path, 'here');
  const below = framework.layout === 'folders' ? sqlFilesAt(root.path, 'below') : [];
  const listed = framework.listed?.(root) ?? [];
  return [...[...new Set([...here, ...below, ...listed])].map((file) => ({ file })), ...codeFilesIn(root, topOf(root), exclusions)];
}

/** The root of the repository, or as far up as anything is looked for. */
function topOf(directory: Directory): Directory {
  return [...directory.upwards()].at(-1) ?? directory;
}

function filesBelow(folders: readonly Directory[], exclusions: Exclusions): AnyFile[] {
  const sql = folders.flatMap(({ path }) => sqlFilesBelow(path));
  const code = folders.flatMap((folder) => [...foldersBelow(folder)].flatMap((below) => codeFilesIn(below, topOf(folder), exclusions)));
  return [...sql.map((file) => ({ file })), ...code];
}
