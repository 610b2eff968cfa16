// A method of ActiveRecord that changes the schema, and what it sends.

import type { Handle, Value } from '../../tree/value.ts';
import type { KnownCall } from '../../tree/options.ts';
import type { Version } from './version.ts';

/** `perhaps`: the database is asked first · `gap`: only the database knows what it is, `why` behind "because". */
export type Sent = string | { readonly kind: 'perhaps'; readonly sent: readonly Sent[] } | { readonly kind: 'gap'; readonly why: string };

export interface Context {
  readonly version: Version;
  /** Runs a block, which is handed something on which it says more. */
  readonly run: (block: Value | undefined, table: Handle) => void;
  /** Of the branches in which the call stands. */
  readonly depth: number;
}

/** Undefined: something of what it is given is not understood. */
export type Operation = (given: KnownCall, context: Context) => readonly Sent[] | undefined;

export function perhaps(isAsked: boolean, sent: readonly Sent[] | undefined): readonly Sent[] | undefined {
  return isAsked && sent ? [{ kind: 'perhaps', sent }] : sent;
}

/** What all of them send; undefined where one of them is. */
export function joined(parts: readonly (readonly Sent[] | undefined)[]): readonly Sent[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : known.flat();
}
