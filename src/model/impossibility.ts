// What PostgreSQL refuses on every database with a history, whatever rows are in it.

import type { QualifiedName } from './names.ts';
import type { Pass } from './pass.ts';
import type { Phase } from './refusal.ts';
import type { PostgresVersion } from './version.ts';

/** What is asked for that can't be: also the name of the rule that says so. */
export const refusedHazards = [
  'impossible-action',
  'impossible-column',
  'impossible-key',
  'impossible-partition',
  'impossible-replacement',
] as const;

export type RefusedHazard = (typeof refusedHazards)[number];

export interface Impossibility {
  readonly hazard: RefusedHazard;
  /** What PostgreSQL answers with. */
  readonly code: string;
  /** When it comes to it; `execution` where nothing is said. */
  readonly phase?: Phase;
  /** Where it is not that of the change. */
  readonly pass?: Pass;
  /** It looks at the table first, and only then for what the action names or makes. */
  readonly isOfTable?: boolean;
  /** Where it is not that of the change: one below it. */
  readonly table?: QualifiedName;
  /** A sentence without the code and without a full stop. */
  readonly message: string;
  /** What to do instead, where that depends on the case. */
  readonly help?: string;
  /** The last version that refuses it, where a newer one does not. */
  readonly until?: PostgresVersion;
}
