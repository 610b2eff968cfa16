// What a file is, by its name, that somebody names as though it were SQL.

import { basename, dirname } from 'node:path';
import { Directory } from '../disk/directory.ts';
import { codeIn, readerOf } from './code-in.ts';
import { languageOf, type CodeTool } from './code-tool.ts';

export interface NamedFile {
  /** `TypeScript`. */
  readonly language: string;
  /** `document`: it lies beside migrations, and nobody takes it for one. */
  readonly kind: 'code' | 'document';
  /** The tool that runs it, where it is one of its migrations. */
  readonly tool: CodeTool | undefined;
}

/** Languages that no known tool writes migrations in. */
const others: Readonly<Record<string, string>> = {
  tsx: 'TypeScript',
  jsx: 'JavaScript',
  kts: 'Kotlin',
  clj: 'Clojure',
  dart: 'Dart',
  swift: 'Swift',
  c: 'C',
  h: 'C',
  cpp: 'C++',
  lua: 'Lua',
  pl: 'Perl',
  sh: 'a shell script',
  bash: 'a shell script',
  ps1: 'a PowerShell script',
  bat: 'a batch file',
  ipynb: 'a notebook',
  prisma: 'a schema of Prisma',
  hcl: 'HCL',
  dbml: 'DBML',
};

const documents: Readonly<Record<string, string>> = {
  md: 'Markdown',
  markdown: 'Markdown',
  rst: 'reStructuredText',
  html: 'HTML',
  css: 'CSS',
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  xml: 'XML',
  yml: 'YAML',
  yaml: 'YAML',
  toml: 'TOML',
  ini: 'an INI file',
  conf: 'a configuration',
  properties: 'a properties file',
  lock: 'a lock file',
  sum: 'a list of checksums',
  plan: 'a plan of Sqitch',
  gitkeep: 'a file that keeps its folder',
  keep: 'a file that keeps its folder',
  gitignore: 'a list for git',
};

/** Undefined for a name that says nothing against SQL: `.sql`, `.txt`, none. */
export function namedFileOf(file: string): NamedFile | undefined {
  const ending = basename(file).split('.').slice(1).at(-1)?.toLowerCase() ?? '';
  const language = languageOf(file) ?? others[ending] ?? documents[ending];
  if (language === undefined) return undefined;
  const tool = toolOf(file);
  return { language, kind: tool === undefined && ending in documents ? 'document' : 'code', tool };
}

/** Who reads what an editor has of a file, saved or not. */
export function readerOfUnsaved(file: string, text: string): CodeTool | undefined {
  const [folder, top] = placeOf(file);
  return readerOf(folder, top, basename(file), text);
}

function placeOf(file: string): readonly [folder: Directory, top: Directory] {
  const folder = new Directory(dirname(file));
  return [folder, [...folder.upwards()].at(-1) ?? folder];
}

function toolOf(file: string): CodeTool | undefined {
  const [folder, top] = placeOf(file);
  return codeIn(folder, top).find(({ names }) => names.includes(basename(file)))?.tool;
}
