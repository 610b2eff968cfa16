// What a statement uses that may run code of its own: functions that it calls, and operators, types, relations and prepared statements
// on which code may hang.

import type { Span } from '../text/span.ts';
import type { FunctionCall } from './expression.ts';
import type { RelationName } from './names.ts';

/** What is handed to a function, as far as the text says it. */
export type Argument =
  | { readonly kind: 'text'; readonly text: string }
  /** A parameter or a variable of the code around it. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unknown' };

export interface Call extends FunctionCall {
  readonly span: Span;
  /** By place, those that are given by name last. */
  readonly arguments: readonly (Argument & { readonly parameter?: string })[];
  /** Once whenever the statement is run; else for each row, or in a branch. */
  readonly isCertain: boolean;
  /** `orders.total`: a column, or a function of one argument where there is no such column. */
  readonly isField?: true;
}

export interface Usage {
  readonly calls: readonly Call[];
  /** By their names alone. */
  readonly operators: readonly string[];
  /** Types that values are made of: of casts, and of new columns. */
  readonly types: readonly RelationName[];
  /** Tables and views that are read. */
  readonly relations: readonly RelationName[];
  /** Tables whose rows are written. */
  readonly writes: readonly RelationName[];
  /** EXECUTE name. */
  readonly prepared: readonly string[];
}

/** `refresh`: of a materialized view · `scan`: whatever goes through all rows, ALTER TABLE, REINDEX, ANALYZE. */
export type Occasion = 'read' | 'insert' | 'update' | 'delete' | 'truncate' | 'scan' | 'refresh';

/** What code is run by the use of. */
export type Holder =
  | { readonly kind: 'relation'; readonly name: RelationName; readonly on: readonly Occasion[]; readonly isTrigger?: true }
  /** With each value of it. */
  | { readonly kind: 'type'; readonly name: RelationName }
  | { readonly kind: 'operator'; readonly name: string }
  /** An aggregate, or a function with defaults for what is not given. */
  | { readonly kind: 'function'; readonly name: RelationName }
  /** CREATE EVENT TRIGGER. `tags`: commands, none for all. */
  | { readonly kind: 'event'; readonly name: string; readonly tags: readonly string[] };

/** Code that a statement leaves behind: a view's query, a default, the function of an operator. */
export interface LeftCode {
  readonly holder: Holder;
  readonly usage: Usage;
}

export const noUsage: Usage = { calls: [], operators: [], types: [], relations: [], writes: [], prepared: [] };

export function isNoUsage({ calls, operators, types, relations, writes, prepared }: Usage): boolean {
  return calls.length + operators.length + types.length + relations.length + writes.length + prepared.length === 0;
}

/** As if all of it stood there. */
export function usageAt(usage: Usage, span: Span): Usage {
  return { ...usage, calls: usage.calls.map((call) => ({ ...call, span })) };
}
