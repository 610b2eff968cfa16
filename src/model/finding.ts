// What is found: drafts as rules write them, findings as reports show them.

import type { Span } from '../text/span.ts';
import type { Range } from '../text/source-text.ts';
import type { Effect } from './effect.ts';
import type { QualifiedName } from './names.ts';

export const severities = ['error', 'warning', 'info'] as const;

export type Severity = (typeof severities)[number];

export const categories = ['locking', 'waiting', 'failing', 'compatibility', 'data', 'history', 'schema'] as const;

/**
 * `locking`: an existing relation is blocked while rows are scanned, written or indexed · `waiting`: how a lock is waited for, and
 * how long it is held · `failing`: PostgreSQL will refuse it · `compatibility`: running application code breaks · `data`: data can
 * be lost · `history`: the order and the past of the files · `schema`: design advice, and what is wrong with a file without touching a database.
 */
export type Category = (typeof categories)[number];

/** A rule's word on a place in one migration, before configuration has its say. */
export interface Draft {
  readonly rule: string;
  readonly span: Span;
  /** The statement that it speaks of. */
  readonly statement: Span;
  /** One sentence in the present tense: the object, then who waits or what breaks. */
  readonly message: string;
  /** What to do instead. */
  readonly help: string;
  readonly effects: readonly Effect[];
  /** The case is milder than what the rule is mostly about. */
  readonly atMost?: Severity | undefined;
  /**
   * Of all drafts of the rule in a migration with the same word here, one says it for all: the first of the gravest that no comment
   * suppresses.
   */
  readonly once?: string | undefined;
  /** Tables beside those of `effects` that others wait for just as long. */
  readonly held?: readonly QualifiedName[] | undefined;
}

/** Why a finding is not reported: a comment in the file, or the baseline. */
export type Suppression = { readonly kind: 'comment'; readonly reason: string } | { readonly kind: 'baseline' };

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly suppression: Suppression;
}

/** A settled finding; its positions are 1-based, its path as the source text has it. */
export interface Finding extends Range {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly path: string;
  /** Where the file holds several: the name of the migration. */
  readonly migration?: string | undefined;
  readonly message: string;
  readonly help: string;
  readonly statement: Range;
  readonly effects: readonly Effect[];
  /** Stable when lines move: made of the rule, the path, the statement's words and how often they came before. */
  readonly fingerprint: string;
}

export function milderOf(left: Severity, right: Severity): Severity {
  return isAtLeast(left, right) ? right : left;
}

/** Is `severity` at or above `level`? */
export function isAtLeast(severity: Severity, level: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(level);
}
