// How a tool's migrations are written: what the next one is called, what stands around its statements, and what keeps a file out of a transaction.

import type { Edit, FurtherMigration, Ways, Withheld } from '../../../model/cure.ts';
import type { SqlFile } from '../framework.ts';
import type { Numbering } from './next-name.ts';

export interface Authoring extends Omit<Ways, 'title' | 'takesFurther'> {
  /** Why nobody but the tool may change a file; undefined where anybody may. */
  readonly refuses?: (path: string, text: string) => string | undefined;
  /** Keeps a migration, which ends there in its file, out of the transaction that the tool opens for it; undefined where nothing has to be said. `isBlock`: see `Cure`. */
  readonly mark?: (file: SqlFile, path: string, end: number, isBlock: boolean) => Marking | Withheld;
  /** What stands between two statements, behind the semicolon. */
  readonly between?: string;
  /** Undefined where no other migration can come behind one. */
  readonly write?: (further: readonly FurtherMigration[], behind: Neighbour) => Writing | Withheld;
  /** What of a name counts as its number; the first digits where it says nothing. */
  readonly numbering?: Numbering;
  /** A command that has to be run when files were written, because it keeps their sums: `atlas migrate hash`. */
  readonly afterwards?: string;
}

/** Edits of the file itself, and what lies beside it: by path below the root. */
export interface Marking {
  readonly edits: readonly Edit[];
  readonly files: readonly NewFile[];
}

export interface Writing {
  /** Of the file itself, where it holds the further migrations too. */
  readonly edits: readonly Edit[];
  readonly files: readonly NewFile[];
  /** Other files that are there, as they have to be then: a list of all migrations, say. */
  readonly changed: readonly ChangedFile[];
}

/** By path below the root of the history, with forward slashes. */
export interface ChangedFile {
  readonly path: string;
  readonly text: string;
}

export interface NewFile extends ChangedFile {
  /** It is one of the files that the tool runs on the way up. */
  readonly isMigration: boolean;
}

/** The migration behind which others are to come. */
export interface Neighbour {
  /** Below the root of the history. */
  readonly path: string;
  readonly text: string;
  /** Where the migration ends in the text. */
  readonly end: number;
  /** All that lies below the root, and all that is to be written there. */
  readonly taken: ReadonlySet<string>;
  /** Of a file by its path below the root, as it is to be; undefined where there is none. */
  readonly textOf: (path: string) => string | undefined;
  readonly lineEnd: string;
  /** The migration that is cured, by its path below the root. */
  readonly origin: string;
  /** Does it have a way down? */
  readonly isUndone: boolean;
}
