// What a statement can do to what hangs on tables: triggers, policies, rules, statistics, publications.

import type { Clause, Mentions } from '../dependencies/mentions.ts';
import type { Expression } from '../expression.ts';
import type { QualifiedName, RelationName } from '../names.ts';
import type { RowAction } from '../row-action.ts';

export type TriggerLevel = 'row' | 'statement';

export type TriggerTiming = 'before' | 'after' | 'instead';

export type TriggerEvent = 'insert' | 'update' | 'delete' | 'truncate';

/** `select`: the query of a view, which nobody writes as a rule. */
export type RuleEvent = 'select' | 'insert' | 'update' | 'delete';

/** What ENABLE and DISABLE TRIGGER mean: `user` leaves out the triggers of foreign keys. */
export type TriggerChoice =
  | { readonly kind: 'one'; readonly name: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'user' };

interface Named {
  readonly table: RelationName;
  readonly name: string;
}

interface Dropped extends Named {
  readonly ifExists: boolean;
}

interface Renamed extends Named {
  readonly to: string;
}

export type AttachmentChange =
  | ({
      readonly kind: 'create-trigger';
      readonly level: TriggerLevel;
      readonly timing: TriggerTiming;
      /** REFERENCING: it sees all rows of the statement as a table. */
      readonly seesTable: boolean;
      readonly events: readonly TriggerEvent[];
      /** What it runs. */
      readonly function: RelationName;
      readonly references: RelationName | undefined;
      readonly replace: boolean;
      /** UPDATE OF. */
      readonly columns: readonly string[];
      /** WHEN. */
      readonly clause: Clause;
    } & Named)
  | ({ readonly kind: 'drop-trigger' } & Dropped)
  | ({ readonly kind: 'rename-trigger' } & Renamed)
  | {
      readonly kind: 'toggle-trigger';
      readonly table: RelationName;
      readonly only: boolean;
      readonly triggers: TriggerChoice;
      /** They run from now on; false for DISABLE, and for ENABLE REPLICA, with which they run for replication alone. */
      readonly on: boolean;
    }
  | ({ readonly kind: 'create-policy'; readonly clause: Clause } & Named)
  | ({ readonly kind: 'alter-policy'; readonly clause: Clause } & Named)
  | ({ readonly kind: 'drop-policy' } & Dropped)
  | ({ readonly kind: 'rename-policy' } & Renamed)
  /** `actions`: what the rule does to rows when it is applied; `instead`: in the place of what was asked for. */
  | ({ readonly kind: 'create-rule'; readonly event: RuleEvent; readonly instead: boolean; readonly isConditional: boolean; readonly readsRows: boolean; readonly runsQuery: boolean; readonly actions: readonly RowAction[]; readonly replace: boolean; readonly clause: Clause } & Named)
  | ({ readonly kind: 'drop-rule' } & Dropped)
  | ({ readonly kind: 'rename-rule' } & Renamed)
  /** `enabled`: for sessions that are none of a replica's. */
  | { readonly kind: 'toggle-rule'; readonly table: RelationName; readonly name: string; readonly enabled: boolean }
  | {
      readonly kind: 'create-statistics';
      /** Without a name PostgreSQL makes one up. */
      readonly statistics: RelationName | undefined;
      readonly table: RelationName;
      readonly ifNotExists: boolean;
      /** Plain columns. */
      readonly columns: readonly string[];
      readonly expressions: readonly Expression[];
      /** What it is made of, in the order of the text: an expression is called `expr`. */
      readonly parts: readonly string[];
      readonly mentions: Mentions;
    }
  | { readonly kind: 'drop-statistics'; readonly statistics: RelationName; readonly ifExists: boolean }
  | { readonly kind: 'move-statistics'; readonly statistics: RelationName; readonly to: Partial<QualifiedName> }
  | ({
      readonly kind: 'create-publication';
      readonly publication: string;
      /** FOR ALL TABLES. */
      readonly everything: boolean;
      /** publish_via_partition_root: as if the rows of partitions were those of the table above; `unknown` where that is not read. */
      readonly viaRoot: boolean | 'unknown';
    } & Published)
  | ({
      readonly kind: 'alter-publication';
      readonly publication: string;
      readonly action: 'add' | 'set' | 'drop';
    } & Published)
  | { readonly kind: 'rename-publication'; readonly publication: string; readonly to: string }
  | { readonly kind: 'drop-publication'; readonly publication: string; readonly ifExists: boolean };

interface Published {
  readonly tables: readonly PublishedTable[];
  /** TABLES IN SCHEMA. */
  readonly schemas: readonly string[];
  /** `insert`, `update`, `delete`, `truncate`; undefined where the statement says nothing of it. */
  readonly publish: readonly string[] | undefined;
}

export interface PublishedTable {
  readonly table: RelationName;
  readonly only: boolean;
  /** The list of its columns. */
  readonly columns: readonly string[];
  readonly hasCondition: boolean;
  /** WHERE. */
  readonly clause: Clause;
}
