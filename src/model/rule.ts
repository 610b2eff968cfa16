// A rule as the engine knows it: what it is called and says, and a judgement over a timeline.

import type { Category, Draft, Severity } from './finding.ts';
import type { Timeline } from './timeline.ts';

/** An option that the configuration can set beside the severity. A duration is given as PostgreSQL writes it, `30s`; a count is a whole number. */
export interface RuleOption {
  readonly type: 'duration' | 'count';
  readonly default: string;
  /** What it is for, for editors that complete the configuration. */
  readonly description: string;
}

/** `recommended`: what is about safety · `strict`: that, and advice about taste. */
export const presets = ['recommended', 'strict'] as const;

export type Preset = (typeof presets)[number];

export interface RuleMeta {
  /** A hazard as a noun phrase that reads after "allow"; public, never renamed. */
  readonly id: string;
  readonly category: Category;
  /** What it finds, in one sentence without a full stop. */
  readonly summary: string;
  /** What that does to a database in use. */
  readonly hazard: string;
  /** What to do instead. */
  readonly remedy: string;
  readonly severity: Severity;
  /** Off but in this preset; in all of them where it says nothing. */
  readonly preset?: 'strict';
  /** The version of pgmigrate-lint that brought it. */
  readonly since: string;
  readonly options?: Readonly<Record<string, RuleOption>>;
}

/** Durations are in milliseconds by now. */
export type OptionValues = Readonly<Record<string, number>>;

export interface Rule {
  readonly meta: RuleMeta;
  check(timeline: Timeline, options: OptionValues): Iterable<Draft>;
  /** Only for statements of which no rule that says what locks or fails has spoken, be it on or off. */
  readonly isNet?: boolean;
}
