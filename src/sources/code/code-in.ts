// The migrations of a folder that are no SQL.

import type { Directory } from '../disk/directory.ts';
import { folderNames } from '../search/folder-names.ts';
import { languageOf, type CodeTool } from './code-tool.ts';
import { codeTools, unknownTool } from './code-tools.ts';

export interface CodeFiles {
  readonly tool: CodeTool;
  /** In the order of code units. */
  readonly names: readonly string[];
}

/** By tool; each file is of one. `top`: what is above it says nothing of what they are. */
export function codeIn(directory: Directory, top: Directory): readonly CodeFiles[] {
  const folders = folderNames(directory, top);
  let names = withoutCopies(directory.names.filter(mayBeCode));
  const found: CodeFiles[] = [];
  for (const tool of names.length === 0 ? [] : toolsNear(folders)) {
    const own = namesOf(tool, names, directory);
    if (own.length === 0) continue;
    found.push({ tool, names: own });
    names = names.filter((name) => !own.includes(name));
  }
  const others = isNear(folders.slice(0, 2), unknownTool) ? namesOf(unknownTool, names, directory) : [];
  return withOthers(found, others);
}

/** What lies among the migrations of a tool, and is called like them, is of that tool, be it written otherwise. */
function withOthers(found: readonly CodeFiles[], others: readonly string[]): readonly CodeFiles[] {
  const [first, ...rest] = found;
  if (others.length === 0) return found;
  return first ? [{ ...first, names: [...first.names, ...others].toSorted() }, ...rest] : [{ tool: unknownTool, names: others }];
}

/** What reads a text that is to lie in a folder under a name; undefined where the text bears no mark of it, as SQL that it printed. */
export function readerOf(directory: Directory, top: Directory, name: string, text: string): CodeTool | undefined {
  const isOf = ({ files, mark, isCode = () => true, reader }: CodeTool): boolean => reader !== undefined && files.test(name) && mark.test(text) && isCode(text, name);
  return toolsNear(folderNames(directory, top)).find(isOf);
}

function mayBeCode(name: string): boolean {
  return languageOf(name) !== undefined && !/\.(?:d|spec|test|Designer)\.\w+$|_test\.(?:go|exs)$|ModelSnapshot\.cs$/.test(name);
}

/** What was compiled lies beside what was written. */
function withoutCopies(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  return names.filter((name) => !/\.[cm]?js$/.test(name) || !all.has(name.replace(/js$/, 'ts')));
}

/** Further up, folders say nothing of what a file is. */
const NEAR = 5;

function toolsNear(folders: readonly string[]): readonly CodeTool[] {
  return codeTools.filter((tool) => isNear(folders.slice(0, NEAR), tool));
}

function isNear(folders: readonly string[], { folder }: CodeTool): boolean {
  return folder === undefined || folders.some((name) => folder.test(name));
}

function namesOf({ files, mark, isMixed, isCode = () => true }: CodeTool, names: readonly string[], directory: Directory): readonly string[] {
  const named = names.filter((name) => files.test(name));
  const isMarked = (name: string): boolean => mark.test(directory.beginning(name));
  if (isMixed) return named.filter((name) => isMarked(name) && isCode(directory.text(name) ?? '', name));
  return samplesOf(named).some(isMarked) ? named : [];
}

/** Enough to know what all of them are. */
function samplesOf(names: readonly string[]): readonly string[] {
  return names.filter((_, index) => index === 0 || index === names.length >> 1 || index === names.length - 1);
}
