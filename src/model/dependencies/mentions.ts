// What a piece of SQL names beside columns, as it is written, and can't be without.

import type { FunctionCall } from '../expression.ts';
import type { RelationName } from '../names.ts';
import type { QuerySource } from '../query.ts';

export interface Mentions {
  readonly functions: readonly FunctionCall[];
  /** Of casts, and of what functions give. */
  readonly types: readonly RelationName[];
  /** Relations that a constant names: `nextval('order_numbers')`, `'orders'::regclass`. */
  readonly constants: readonly RelationName[];
  /** Of the keys of an index. */
  readonly operatorClasses: readonly string[];
}

export const noMentions: Mentions = { functions: [], types: [], constants: [], operatorClasses: [] };

/** A condition or an action that stands at a table: of a policy, a rule, a trigger. */
export interface Clause {
  /** What it names of the table itself. */
  readonly own: QuerySource;
  /** Other tables, and the table itself where a query in it reads it. */
  readonly sources: readonly QuerySource[];
  readonly mentions: Mentions;
}
