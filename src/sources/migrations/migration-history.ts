// Migrations that build on each other, as a search or somebody's words lead to them.

import type { CodeTool } from '../code/code-tool.ts';
import type { Exclusions } from '../disk/exclusions.ts';
import type { Framework, Role } from '../frameworks/framework.ts';
import type { StartAfter } from './deployed.ts';
import type { Home } from './home.ts';
import type { Asking, News } from './news.ts';

export interface MigrationFile {
  /** Absolute. */
  readonly file: string;
  /** For reports: relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly linted: boolean;
  /** It was not there before, whether somebody asks for it or not. */
  readonly isNew: boolean;
  /** Of several migrations in it, the texts in which older ones may stand. */
  readonly earlier: () => readonly Buffer[];
  /** It would be linted if it were not deployed everywhere. */
  readonly isDeployed: boolean;
  /** Of several migrations in it, the last one that is deployed everywhere; undefined: none is, or all are. */
  readonly deployedUpTo?: string | undefined;
  readonly role: Role;
  /** Why it is not linted, where its tool has more to say than that of all files of this role. */
  readonly reason: string | undefined;
  /** Its tool does not run it. */
  readonly isStray: boolean;
  /** The tool that runs it where it is no SQL, so that it can't be read. */
  readonly code: CodeTool | undefined;
  /** It includes other migrations, which run where it says. */
  readonly standsFor?: Standing;
}

export interface Standing {
  /** The migrations that it includes; true: to be linted. */
  readonly files: ReadonlyMap<string, boolean>;
  /** Its own statements are to be linted. */
  readonly isLinted: boolean;
}

/** Files that build on each other. */
export interface MigrationHistory extends Home {
  /** Oldest first; a way down is behind its way up. */
  readonly files: readonly MigrationFile[];
  /** Nothing is left out before the first of them. A file alone that no tool runs may stand anywhere, unless its name says otherwise. */
  readonly isWhole: boolean;
  /** Nothing is left out behind the last of them. */
  readonly isToEnd: boolean;
}

export interface Search {
  readonly exclusions: Exclusions;
  readonly cwd: string;
  /** Where the paths stand, if nobody wrote them on the command line. */
  readonly namedBy: string | undefined;
  /** False: named files stand alone. */
  readonly withHistory: boolean;
  /** A file that need not be on the disk yet: its text comes from elsewhere. */
  readonly unsaved: { readonly path: string; readonly text: () => string } | undefined;
  /** The tool that somebody named for a file; undefined: it is detected. */
  readonly frameworkOf: (file: string) => Framework | undefined;
  /** Which is the last migration that is deployed everywhere; undefined: nobody says. */
  readonly startAfterOf: (file: string) => StartAfter | undefined;
  /** Of the files of a history that were asked for, those that are new are linted; the others are history. */
  readonly newsIn: (home: Home, files: ReadonlyMap<string, Asking>) => News;
  /** Files that somebody brings just now, so that they do not say what their directory is; undefined where nobody knows. */
  readonly isBrought: ((file: string) => boolean) | undefined;
}
