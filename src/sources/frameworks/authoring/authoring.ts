// How a tool's migrations are written: what the next one is called, what stands around its statements, and what keeps a file out of a transaction.

import type { Edit, FurtherMigration, Ways } from '../../../model/cure.ts';
import type { SqlFile } from '../framework.ts';

export interface Authoring extends Omit<Ways, 'title' | 'takesFurther'> {
  /** Keeps a file out of the transaction that the tool opens for it; undefined where nothing has to be said. */
  readonly mark?: (file: SqlFile, path: string) => Marking;
  readonly write: (further: FurtherMigration, behind: Neighbour) => readonly NewFile[] | WithoutName;
  /** A command that has to be run when files were written, because it keeps their sums: `atlas migrate hash`. */
  readonly afterwards?: string;
}

/** Edits of the file itself, and what lies beside it: by path below the root. */
export interface Marking {
  readonly edits: readonly Edit[];
  readonly files: readonly NewFile[];
}

export interface NewFile {
  /** Below the root of the history, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** It is one of the files that the tool runs on the way up. */
  readonly isMigration: boolean;
}

/** The migration behind which another is to come. */
export interface Neighbour {
  /** Below the root of the history. */
  readonly path: string;
  readonly text: string;
  /** All that lies below the root, and all that is to be written there. */
  readonly taken: ReadonlySet<string>;
  readonly lineEnd: string;
}

/** Why there is no name for another migration. */
export interface WithoutName {
  readonly why: string;
}
