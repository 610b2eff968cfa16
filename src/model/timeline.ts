// A migration told as a story: each statement with what is true before it, what PostgreSQL does about it, and what is true behind it.

import type { SourceText } from '../text/source-text.ts';
import type { Catalog } from './catalog.ts';
import type { Change, ChangeKind } from './change.ts';
import type { Effect } from './effect.ts';
import type { Impossibility } from './impossibility.ts';
import type { Refusal } from './refusal.ts';
import type { Session } from './session.ts';
import type { Statement } from './statement.ts';
import type { StepLinks } from './step-links.ts';
import type { PostgresVersion, VersionSource } from './version.ts';

/** One change of a statement with its own before and after: the actions of an ALTER TABLE see each other. */
export interface Act {
  readonly change: Change;
  readonly before: Catalog;
  readonly after: Catalog;
  readonly effects: readonly Effect[];
  readonly reached: Reach;
  /** It can't be done, whatever rows there are; only where it is certain that it is tried. */
  readonly impossibility: Impossibility | undefined;
  /** Where it is not known whether the code gets there: what is true at the end of the branch, if it does. */
  readonly outcome?: Catalog | undefined;
}

/**
 * Does the code get there? `guarded`: behind a condition that the history shows to be true. `perhaps`: in a branch or a loop, or behind
 * what may leave the code before it.
 */
export type Reach = 'always' | 'guarded' | 'perhaps';

/** `own`: a transaction of its own. `forbidden`: PostgreSQL refuses the statement in a transaction. */
export type TransactionPlace = 'inside' | 'own' | 'forbidden';

/** A statement that stands in code, where PostgreSQL refuses it: VACUUM, or a COMMIT where the code has no transaction of its own. */
export interface RefusedRun {
  readonly statement: Statement;
  readonly reached: Reach;
  /** An EXCEPTION waits for the error, so that nobody hears of it. */
  readonly isCaught: boolean;
}

export interface Step {
  readonly statement: Statement;
  readonly before: Catalog;
  readonly after: Catalog;
  /** Before the statement. */
  readonly session: Session;
  /** In the order in which PostgreSQL does them; empty for what changes no schema. */
  readonly acts: readonly Act[];
  /** One for each relation that existed before the statement. */
  readonly effects: readonly Effect[];
  /** What PostgreSQL refuses of it for certain, because of what is there by then. */
  readonly refusals: readonly Refusal[];
  readonly transaction: TransactionPlace;
  readonly refused: readonly RefusedRun[];
  readonly version: PostgresVersion;
}

/** An act with the step that it is a part of. */
export interface PlacedAct extends Act {
  readonly step: Step;
}

export interface Timeline {
  readonly source: SourceText;
  readonly steps: readonly Step[];
  /** Behind the last statement; undefined where the migration behind it goes on in the same session, or the tool ends what is open. */
  readonly ending: Session | undefined;
  /** The tool that runs it is known, or somebody said how it is run. */
  readonly isRunKnown: boolean;
  /** Who says which version the steps are told for. */
  readonly versionSource: VersionSource;
  /** The tool sends the statements of a file together: PostgreSQL makes one transaction of two of them. */
  readonly isOneMessage: boolean;
  /** All acts by the kind of their change, for rules that look at one kind. */
  readonly acts: ReadonlyMap<ChangeKind, readonly PlacedAct[]>;
  readonly links: StepLinks;
}
