// The migrations of a folder that are no SQL.

import type { Directory } from '../disk/directory.ts';
import { languageOf, type CodeTool } from './code-tool.ts';
import { codeTools } from './code-tools.ts';

export interface CodeFiles {
  readonly tool: CodeTool;
  /** In the order of code units. */
  readonly names: readonly string[];
}

/** By tool; each file is of one. */
export function codeIn(directory: Directory): readonly CodeFiles[] {
  let names = withoutCopies(directory.names.filter(mayBeCode));
  const found: CodeFiles[] = [];
  for (const tool of names.length === 0 ? [] : toolsNear(directory)) {
    const own = namesOf(tool, names, directory);
    if (own.length === 0) continue;
    found.push({ tool, names: own });
    names = names.filter((name) => !own.includes(name));
  }
  return found;
}

function mayBeCode(name: string): boolean {
  return languageOf(name) !== undefined && !/[._](?:d|spec|test|Designer)\.\w+$|ModelSnapshot\.cs$/.test(name);
}

/** What was compiled lies beside what was written. */
function withoutCopies(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  return names.filter((name) => !/\.[cm]?js$/.test(name) || !all.has(name.replace(/js$/, 'ts')));
}

/** Above, folders say less and less of what a file is. */
const NEAR = 3;

function toolsNear({ path }: Directory): readonly CodeTool[] {
  const folders = path.split(/[\\/]/).slice(-NEAR);
  return codeTools.filter(({ folder }) => folder === undefined || folders.some((name) => folder.test(name)));
}

function namesOf({ files, mark, isMixed }: CodeTool, names: readonly string[], directory: Directory): readonly string[] {
  const named = names.filter((name) => files.test(name));
  const isMarked = (name: string): boolean => mark.test(directory.beginning(name));
  if (isMixed) return named.filter(isMarked);
  return samplesOf(named).some(isMarked) ? named : [];
}

/** Enough to know what all of them are. */
function samplesOf(names: readonly string[]): readonly string[] {
  return names.filter((_, index) => index === 0 || index === names.length >> 1 || index === names.length - 1);
}
