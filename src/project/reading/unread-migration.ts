// A migration that is no SQL: nothing of it is read, which is a finding where it is linted, and a gap where it is history.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Problem } from '../../parser/parser.ts';
import { languageOf, titleOf, type CodeTool } from '../../sources/code/code-tool.ts';
import { unreadFile } from './unread-file.ts';

interface CodeFile {
  /** As reports show it. */
  readonly path: string;
  readonly linted: boolean;
  readonly code: CodeTool;
  /** What else is said of it. */
  readonly problems: readonly Problem[];
}

export function unreadMigration({ path, linted, code, problems }: CodeFile): ParsedMigration {
  const message = `this migration is written in ${languageOf(path) ?? 'code'} (${titleOf(code)}), so what it does was not checked`;
  const problem = { rule: 'unread-migration', message, help: wayForward(code, path) } as const;
  return unreadFile({ path, linted, problems: [{ ...problem, span: wholly }, ...problems], tool: `${titleOf(code)}, not read` });
}

const wholly = { start: 0, end: 0 };

/** How its SQL can be linted. */
export function wayForward({ prints, title, framework }: CodeTool, path: string): string {
  const named = framework === undefined ? '' : ` --framework ${framework}`;
  const command = `pgmigrate-lint${named} --stdin-filename ${forShell(path)} -`;
  if (prints !== undefined) return `Lint the SQL that it prints: ${prints} | ${command}`;
  return `Lint what it sends: "pgmigrate-lint record -- COMMAND" runs the command that ${title === undefined ? 'runs it' : `${title} runs it with`}; or copy what it logs, and lint that with "${command}"`;
}

/** A name is somebody's words: what stands in it is never run by who copies the command. */
function forShell(path: string): string {
  return /^[\w./@+=:,-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
