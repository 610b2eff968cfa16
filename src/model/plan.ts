// What cures a finding where people have to decide or to deploy: steps in their order, with their SQL and what shows that the data is ready.

import type { Withheld } from './cure.ts';
import type { Finding } from './finding.ts';

export interface Plan {
  /** What is done, in the imperative: `Change the type of orders.total to bigint by way of a second column`. */
  readonly title: string;
  /** The SQL in whose place the steps come. */
  readonly instead: string;
  /** Said before all: a shorter way that somebody may know to be open, or what history does not show; in sentences. */
  readonly remarks?: readonly string[];
  readonly decisions: readonly Decision[];
  /** Asked before the first step. */
  readonly questions: readonly Question[];
  readonly steps: readonly PlanStep[];
  /** What is other in the end than behind the SQL that was written, in sentences. */
  readonly differs: readonly string[];
}

/** What no tool can know. */
export interface Decision {
  /** As it stands in the SQL: `<value of status>`. */
  readonly slot: string;
  /** What has to be put there, as a noun phrase. */
  readonly meaning: string;
}

/** `no-rows`: there are none when the data is ready · `look`: people judge what it shows. */
export interface Question {
  readonly kind: 'no-rows' | 'look';
  /** The rows that it shows, as a noun phrase: `rows whose total is NULL`. */
  readonly shows: string;
  readonly sql: string;
}

/**
 * `transaction`: its statements share one · `each`: each has a transaction of its own · `outside`: each is sent alone, in no
 * transaction · `application`: code is deployed.
 */
export type StepPlace = 'transaction' | 'each' | 'outside' | 'application';

export interface PlanStep {
  readonly place: StepPlace;
  /** In the imperative. */
  readonly title: string;
  /** Without their semicolons. */
  readonly statements: readonly string[];
  /** What the application does meanwhile, and what to watch, in sentences. */
  readonly notes: readonly string[];
  /** Asked before the next step. */
  readonly questions: readonly Question[];
  /** What leads back to where it began, run as its statements are; without their semicolons. */
  readonly undo: readonly string[];
}

/** A finding with what somebody has to do about it. */
export interface PlannedFinding {
  readonly finding: Finding;
  /** Or why there is none; undefined where nothing more can be said than the finding does. */
  readonly plan: Plan | Withheld | undefined;
}
