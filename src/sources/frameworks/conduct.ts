// What a tool does where the past of its migrations is another one than it has run: a migration came late, was changed or is gone.

import type { Directory } from '../disk/directory.ts';

/**
 * Of a migration that sorts before one that has run. `skips`: it never runs it there · `refuses`: its run stops · `runs`: it runs it
 * all the same, behind what has run.
 */
export type Late = 'skips' | 'refuses' | 'runs';

/**
 * What of a text has to be the same when the tool looks at it again. `lines`: all but the ends of its lines · `letters`: all but white
 * space. Comments count in each of them.
 */
export type Compared = 'text' | 'lines' | 'letters' | 'nothing';

/** Sentences begin with the name of the tool, in the present tense. */
export interface Conduct {
  /** Undefined: no migration of its can come late. */
  readonly late: Late | undefined;
  /** What the files of the project make of that; undefined where they say nothing. */
  readonly lateIn?: (root: Directory) => Late | undefined;
  /** What makes another thing of it: behind "unless". */
  readonly unless?: string;
  /** Where it keeps the order in a list of its own, and nothing else says which of two comes first. */
  readonly hasList?: true;
  /** By what it tells early from late, where that is not the order in which it runs them: by path below the root. */
  readonly ages?: (root: Directory) => (path: string) => bigint | undefined;
  /** What each migration follows, where they make a graph with one end, and none is earlier than another. `path`: absolute, with forward slashes. */
  readonly revisionOf?: (path: string, text: string) => Revision | undefined;
  /** Why another name alone does not put a file behind others: behind "because". */
  readonly isPlacedBy?: string;
  readonly compares: Compared;
  /** A file beside the migrations that holds their checksums: where it is made anew, nothing is compared. */
  readonly sums?: string;
  /** The name of a file, beside its number, has to stay the same too. */
  readonly comparesNames?: true;
  /** `refuses to migrate, because its checksum differs`: of a text that differs from the one that has run. */
  readonly changed: string;
  /** `refuses to migrate`: of a migration that has run and is not there any more. */
  readonly gone: string;
  /** The same holds of what it runs again whenever it changes. */
  readonly missesRepeatable?: true;
  /** `refuses to migrate`: of two files of one version; undefined where nothing makes two files one version. */
  readonly twins?: string;
}

/** A migration in a graph. */
export interface Revision {
  readonly id: string;
  /** Ids of those that it comes behind. */
  readonly follows: readonly string[];
  /** Each has an end of its own. */
  readonly graph: string;
}

/** Of a tool that remembers which migrations have run, and nothing of what stood in them. */
export const neverAgain = 'never runs the change where this migration has run';

/** Of a tool that does not look at what is not there. */
export const notMissed = 'does not miss it, and a new database comes to another schema';
