// A migration that is no SQL: nothing of it is read, which is a finding where it is linted, and a gap where it is history.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import { languageOf, titleOf, type CodeTool } from '../../sources/code/code-tool.ts';
import { unreadFile } from './unread-file.ts';

interface CodeFile {
  /** As reports show it. */
  readonly path: string;
  readonly linted: boolean;
  readonly code: CodeTool;
}

export function unreadMigration({ path, linted, code }: CodeFile): ParsedMigration {
  const message = `this migration is written in ${languageOf(path) ?? 'code'} (${titleOf(code)}), so what it does was not checked`;
  const problem = { rule: 'unread-migration', message, help: wayForward(code, path) } as const;
  return unreadFile({ path, linted, problem, tool: `${titleOf(code)}, not read` });
}

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
