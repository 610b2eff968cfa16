// The migrations of a folder that are no SQL.

import type { Directory } from '../disk/directory.ts';
import { languageOf, type CodeTool } from './code-tool.ts';
import { codeTools, unknownTool } from './code-tools.ts';

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
  return withUnknown(found, names, directory);
}

/** What lies among the migrations of a tool, and is called like them, is of that tool, be it written otherwise. */
function withUnknown(found: readonly CodeFiles[], names: readonly string[], directory: Directory): readonly CodeFiles[] {
  const others = isNear(directory, 2, unknownTool) ? namesOf(unknownTool, names, directory) : [];
  const [first, ...rest] = found;
  if (others.length === 0) return found;
  return first ? [{ ...first, names: [...first.names, ...others].toSorted() }, ...rest] : [{ tool: unknownTool, names: others }];
}

function mayBeCode(name: string): boolean {
  return languageOf(name) !== undefined && !/[._](?:d|spec|test|Designer)\.\w+$|ModelSnapshot\.cs$/.test(name);
}

/** What was compiled lies beside what was written. */
function withoutCopies(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  return names.filter((name) => !/\.[cm]?js$/.test(name) || !all.has(name.replace(/js$/, 'ts')));
}

/** Further up, folders say nothing of what a file is. */
const NEAR = 5;

function toolsNear(directory: Directory): readonly CodeTool[] {
  return codeTools.filter((tool) => isNear(directory, NEAR, tool));
}

/** `levels`: the folder itself, and how many above it. */
function isNear({ path }: Directory, levels: number, { folder }: CodeTool): boolean {
  return folder === undefined || path.split(/[\\/]/).slice(-levels).some((name) => folder.test(name));
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
