// The call because of which nobody can say from the text what a statement does.

import type { RelationName } from './names.ts';

/** `unread`: it is in a language that is not read, or runs SQL that it computes · `unknown`: history does not show the function. */
export type Deed =
  | 'alters-tables'
  | 'changes-schema'
  | 'writes-rows'
  | 'locks-rows'
  | 'changes-settings'
  | 'ends-transactions'
  | 'unread'
  | 'unknown';

export interface Culprit {
  readonly function: RelationName;
  /** What it does, or what a function does that it calls. */
  readonly deed: Deed;
}
