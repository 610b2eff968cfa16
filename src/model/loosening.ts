// What a branch changes so that less is checked, or less is said of it.

import type { Severity } from './finding.ts';

/** How grave it is that a branch does so. */
export const looseningLevels = ['error', 'warning', 'allow'] as const;

export type LooseningLevel = (typeof looseningLevels)[number];

/**
 * `configuration`: one was added or is gone · `rule`: off, milder, or with a wider limit · `scope`: what is linted, and as what ·
 * `limit`: which finding fails the run, and how much is read · `tables`: what counts as small · `baseline`: what is held back · `suppression`: a comment.
 */
export type LooseningKind = 'configuration' | 'rule' | 'scope' | 'limit' | 'tables' | 'baseline' | 'suppression';

export interface Loosening {
  readonly kind: LooseningKind;
  readonly severity: Severity;
  /** As reports show it. */
  readonly path: string;
  readonly line: number;
  /** What holds now, and what held before. */
  readonly message: string;
  /** Why, as a comment says it. */
  readonly reason?: string | undefined;
}
