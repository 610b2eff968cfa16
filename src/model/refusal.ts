// What PostgreSQL refuses for certain, because of what is there by then and what is not, and when it comes to that.

import type { Span } from '../text/span.ts';
import type { Change } from './change.ts';
import type { QualifiedName } from './names.ts';
import type { Pass } from './pass.ts';

/**
 * In the order of a statement; the first refusal is the one that PostgreSQL answers with. `lookup`: what it is about is looked for ·
 * `analysis`: what it says is read, before anything is made · `preparation`: the actions of an ALTER TABLE, as they are written, each
 * for all tables below · `execution`: one action after the other, in the order of passes · `completion`: what hangs on something new.
 */
export const phases = ['lookup', 'analysis', 'preparation', 'execution', 'completion'] as const;

export type Phase = (typeof phases)[number];

/** `gone`: the history has made it, and dropped or renamed it since · `never`: nothing made it · `nowhere`: no schema of the search path is there. */
export type Why = 'gone' | 'never' | 'nowhere';

export interface Refusal {
  readonly kind: 'missing' | 'existing';
  /** SQLSTATE; undefined where it may be one of several. */
  readonly error: string | undefined;
  readonly phase: Phase;
  /** Where it is not that of the change. */
  readonly pass?: Pass;
  /** It is looked for behind what the table has against the action. */
  readonly isLate?: boolean;
  /** Where it is not that of the change: one below it. */
  readonly table?: QualifiedName;
  /** What it is found with; undefined for what the statement says beside its changes. */
  readonly change: Change | undefined;
  readonly span: Span;
  /** As a message names it: `public.orders`, `column state`, `type public.status`. */
  readonly object: string;
  /** What it is a part of, or would be. */
  readonly of: string | undefined;
  /** Of what is missing. */
  readonly why: Why;
}

/** A sentence without the code and without a full stop. */
export function refusalInWords({ kind, object, of, why }: Refusal): string {
  if (kind === 'existing') return of === undefined ? `${object} is there already` : `${of} has ${object.startsWith('attribute') ? 'an' : 'a'} ${object} already`;
  return of === undefined ? `${object} is not there: ${reasons[why]}` : `${of} has no ${object}`;
}

const reasons: Readonly<Record<Why, string>> = {
  gone: 'an earlier statement has dropped or renamed it',
  never: 'no statement before this one makes it',
  nowhere: 'the search path names no schema that is there',
};
