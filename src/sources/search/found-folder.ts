// A folder in which migrations were found.

import type { CodeFiles } from '../code/code-in.ts';
import type { Directory } from '../disk/directory.ts';
import type { Framework } from '../frameworks/framework.ts';

/** A folder with the migrations in it and below it. */
export interface FoundFolder {
  readonly root: Directory;
  /** Undefined where all of them are code. */
  readonly framework: Framework | undefined;
  /** Folders that hold SQL files of it. */
  readonly sql: readonly Directory[];
  readonly code: readonly FoundCode[];
  /** How it is known that they are migrations. */
  readonly why: string;
  /** Nothing but their names and what they say speaks for it. */
  readonly isGuess: boolean;
}

export interface FoundCode extends CodeFiles {
  readonly folder: Directory;
}

/** Of its migrations, in SQL and in code. */
export function countOf({ sql, code }: Pick<FoundFolder, 'sql' | 'code'>): number {
  return sql.reduce((sum, folder) => sum + folder.sqlFiles.length, 0) + code.reduce((sum, { names }) => sum + names.length, 0);
}

/** What runs them, as its makers write it; empty where that is not known. */
export function toolOf({ framework, code }: FoundFolder): string {
  return framework?.title ?? code[0]?.tool.title ?? '';
}

/** The first folder in which any of them lies. */
export function folderOf({ sql: [sql], code: [code], root }: FoundFolder): Directory {
  return sql ?? code?.folder ?? root;
}
