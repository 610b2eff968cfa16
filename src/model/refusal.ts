// What PostgreSQL refuses for certain, because of what is there by then and what is not.

import type { Span } from '../text/span.ts';

export interface Refusal {
  readonly kind: 'missing' | 'existing';
  /** SQLSTATE; undefined where it may be one of several. */
  readonly error: string | undefined;
  readonly span: Span;
  /** As a message names it: `public.orders`, `column state`, `type public.status`. */
  readonly object: string;
  /** What it is a part of, or would be. */
  readonly of: string | undefined;
  /** `gone`: the history has made it, and dropped or renamed it since · `never`: nothing made it · `nowhere`: no schema of the search path is there. */
  readonly why: 'gone' | 'never' | 'nowhere';
}

/** A sentence without the code and without a full stop. */
export function refusalInWords({ kind, object, of, why }: Refusal): string {
  if (kind === 'existing') return of === undefined ? `${object} is there already` : `${of} has ${object.startsWith('attribute') ? 'an' : 'a'} ${object} already`;
  return of === undefined ? `${object} is not there: ${reasons[why]}` : `${of} has no ${object}`;
}

const reasons: Readonly<Record<Refusal['why'], string>> = {
  gone: 'an earlier statement has dropped or renamed it',
  never: 'no statement before this one makes it',
  nowhere: 'the search path names no schema that is there',
};
