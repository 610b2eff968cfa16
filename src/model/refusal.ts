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
  /** The history has made it, and dropped or renamed it since. */
  readonly isGone: boolean;
}
