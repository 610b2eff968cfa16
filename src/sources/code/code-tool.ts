// A migration tool whose migrations are code, or data that is no SQL: how its files are known, and how their SQL can be printed.

import type { FrameworkName } from '../../model/framework.ts';
import type { Directory } from '../disk/directory.ts';
import type { Framework } from '../frameworks/framework.ts';
import type { ReadCode } from './reading/code-reading.ts';

export interface CodeTool {
  /** As its makers write it; undefined for code of no tool that is known. */
  readonly title: string | undefined;
  /** The name under which the SQL is linted that it prints. */
  readonly framework?: FrameworkName;
  /** Names of the files of its migrations. */
  readonly files: RegExp;
  /** Names of folders, one of which they lie in or below, where the names of the files say too little. */
  readonly folder?: RegExp;
  /** What stands in each of them. */
  readonly mark: RegExp;
  /** Other files lie among them under such names, so each is looked at. */
  readonly isMixed?: boolean;
  /** Whether a file with the mark holds code; it does where nothing else is said. */
  readonly isCode?: (text: string, name: string) => boolean;
  /** The command that prints the SQL of migrations; undefined where it has none. */
  readonly prints?: string;
  /** Reads the SQL in it; undefined where nobody does. */
  readonly reader?: () => Promise<ReadCode>;
  /** Where this stands in one of the pending migrations, none shares its transaction with another. */
  readonly splitsRun?: RegExp;
  /** Where its files stand among each other, where their names don't say it; undefined: by name. Their paths end in `.sql`. */
  readonly places?: Framework['places'];
  /** The top of the project whose folders all hold one history; undefined where each folder has its own. */
  readonly projectOf?: (folder: Directory) => Directory | undefined;
  /** Where a statement goes that must not stand in the transaction that the tool opens. */
  readonly leaving?: string;
}

/** What the reader calls it: `TypeORM`, or `no tool that is known`. */
export function titleOf({ title }: CodeTool): string {
  return title ?? 'no tool that is known';
}

const languages: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  mts: 'TypeScript',
  cts: 'TypeScript',
  js: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  ex: 'Elixir',
  exs: 'Elixir',
  py: 'Python',
  rb: 'Ruby',
  go: 'Go',
  java: 'Java',
  kt: 'Kotlin',
  groovy: 'Groovy',
  scala: 'Scala',
  cs: 'C#',
  fs: 'F#',
  php: 'PHP',
  rs: 'Rust',
  xml: 'XML',
  yml: 'YAML',
  yaml: 'YAML',
  json: 'JSON',
  toml: 'TOML',
  fizz: 'Fizz',
};

/** By the ending of a file's name; undefined for an ending that speaks of no language in which migrations are written. */
export function languageOf(path: string): string | undefined {
  return languages[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}
