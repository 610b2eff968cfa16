// What a migration in code sends to PostgreSQL, as far as its text says it.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { Directory } from '../../disk/directory.ts';

/** A file that holds a migration in code. */
export interface CodeText {
  readonly text: string;
  /** Without its folders. */
  readonly name: string;
  /** Of its history; undefined where the text lies nowhere. */
  readonly root: Directory | undefined;
  /** Where it lies itself. */
  readonly directory: Directory | undefined;
}

/** Total: what can't be read is a gap of what it returns. */
export type ReadCode = (file: CodeText) => CodeReading;

export interface CodeReading {
  readonly up: readonly Section[];
  readonly down: readonly Section[];
  /** In the order of the text, those that may speak to a linter. */
  readonly comments: readonly CodeComment[];
}

/** What shares transactions. */
export interface Section {
  /** `statement`: each message on its own. */
  readonly transaction: TransactionMode;
  /** In the order in which they run. */
  readonly deeds: readonly Deed[];
}

/**
 * `message`: SQL that is sent at once, be it one statement or several · `gap`: something is sent that is not in the text, `why` behind
 * "because" · `branch`: what stands behind it may not run, up to the `ends` of the same.
 */
export type Deed =
  | { readonly kind: 'message'; readonly pieces: readonly Piece[]; readonly place: Span }
  | { readonly kind: 'gap'; readonly why: string; readonly place: Span }
  | { readonly kind: 'branch'; readonly step: 'begins' | 'turns' | 'ends' };

/**
 * A piece of SQL, and where it stands in the code: the same text, or something that is written in its place, such as an escape, a variable
 * or a call that makes the SQL. `${name}` is a value that only a run knows.
 */
export interface Piece {
  readonly text: string;
  readonly place: Span;
}

/** Its words begin behind the marks of a comment, wherever the language puts them. */
export interface CodeComment {
  readonly words: Span;
  readonly place: Span;
}

/** What says nothing to a linter need not be looked at. */
export function mayBeDirective(text: string): boolean {
  return /pgmigrate[-_]lint|squawk-ignore/i.test(text);
}
