// Which history a migration in code belongs to: that of the SQL files that its tool runs with it, or one of its own.

import { dirname } from 'node:path';
import { memories } from '../code/code-conducts.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { titleOf } from '../code/code-tool.ts';
import { Directory } from '../disk/directory.ts';
import type { Framework } from '../frameworks/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import type { Home } from './home.ts';

/** A migration that is no SQL. */
export interface CodeFile {
  /** Absolute. */
  readonly file: string;
  readonly tool: CodeTool;
}

/** `homes`: of the SQL files that were found with it. `named`: the directory through which they were found. */
export function homeOfCode({ file, tool }: CodeFile, homes: ReadonlyMap<string, Home>, named: string | undefined): Home {
  const directory = dirname(file);
  const beside = Array.from(homes).find(([sql]) => dirname(sql) === directory)?.[1];
  const all = [...homes.values()];
  const ofTool = all.find(({ framework }) => framework.title === tool.title);
  const own = new Directory(directory);
  return beside ?? ofTool ?? { framework: frameworkOfCode(tool), root: tool.projectOf?.(own) ?? (named === undefined ? own : new Directory(named)) };
}

/** One for each tool, so that its files have one history. */
const known = new Map<CodeTool, Framework>();

export function frameworkOfCode(tool: CodeTool): Framework {
  const { leaving, places, projectOf } = tool;
  const own = { ...(projectOf === undefined ? {} : { foldersOf: (root: Directory) => [root] }), ...(leaving === undefined ? {} : { leaving }), ...(places === undefined ? {} : { places }) };
  const framework: Framework = known.get(tool) ?? { ...frameworks[tool.framework ?? 'plain'], title: titleOf(tool), ...memories.get(tool.title), ...own };
  known.set(tool, framework);
  return framework;
}
