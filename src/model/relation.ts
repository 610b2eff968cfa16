// What is known of a table, a view or a sequence: what stands in pg_class, and what hangs on it.

import type { RuleEvent, TriggerEvent, TriggerLevel } from './changes/attachment-changes.ts';
import type { IndexDefinition } from './changes/index-changes.ts';
import type { Persistence, ReplicaIdentity } from './changes/table-changes.ts';
import type { ColumnType } from './column-type.ts';
import type { KeyAction } from './constraint.ts';
import type { AttachedNeeds, NeededRelation, Needs } from './dependencies/needs.ts';
import type { Expression } from './expression.ts';
import type { Management } from './management.ts';
import type { Moment } from './moment.ts';
import type { NameList } from './name-list.ts';
import type { NamedList } from './named-list.ts';
import type { QualifiedName } from './names.ts';
import type { OrderedMap } from './ordered-map.ts';
import type { PartitionBound, PartitionKey } from './partition.ts';
import type { Predicate } from './predicate.ts';
import type { RowAction } from './row-action.ts';
import type { Storage } from './storage.ts';
import type { Occasion, Usage } from './usage.ts';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Undefined: that of the type. */
  readonly collation: string | undefined;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** What its default gives before it is made the column's own type; undefined where that is not known. */
  readonly defaultType: ColumnType | undefined;
  readonly identity: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
  /** Other columns that a generated one is computed from. */
  readonly reads: readonly string[];
  /** Of its default, or of the expression that generates it. */
  readonly needs: Needs;
  /** The statement that added it; undefined for a column that came with its table, or before the history. */
  readonly born: Moment | undefined;
  /** The table has it by itself, not only from those above it. */
  readonly local: boolean;
  /** The statement that added it, without a value, to rows that were there; what fills them forgets it. */
  readonly emptySince: Moment | undefined;
}

interface TableConstraintBase {
  readonly name: string;
  readonly valid: boolean;
  readonly enforced: boolean;
  /** The table has it by itself, not only from those above it. */
  readonly local: boolean;
  readonly since: Moment;
}

export type TableConstraint = TableConstraintBase &
  (
    | {
        readonly type: 'check';
        readonly expression: Expression;
        readonly predicate: Predicate;
        readonly noInherit: boolean;
        readonly needs: Needs;
      }
    | {
        readonly type: 'foreign-key';
        readonly columns: readonly string[];
        readonly references: QualifiedName;
        readonly referencedColumns: readonly string[];
        readonly deferrable: boolean;
        readonly deferred: boolean;
        readonly onDelete: KeyAction | undefined;
        readonly onUpdate: KeyAction | undefined;
      }
    | { readonly type: 'unique' | 'primary-key' | 'exclusion'; readonly columns: readonly string[]; readonly deferrable: boolean }
    | { readonly type: 'not-null'; readonly columns: readonly string[]; readonly noInherit: boolean }
  );

/** `parts`: what its columns were called when it was made. */
export interface Index extends IndexDefinition {
  readonly name: string;
  /** False for one of a partitioned table that not all of its partitions have. */
  readonly valid: boolean;
  /** The index of the partitioned table that it is a part of. */
  readonly partOf: string | undefined;
  /** CLUSTER without an index goes by it; of a table, by one at most. */
  readonly clustered: boolean;
  /** Of its expressions, beside the columns of its table. */
  readonly needs: Needs;
}

export type TableKind = 'table' | 'partitioned-table' | 'foreign-table' | 'view' | 'materialized-view' | 'sequence';

/** Columns: UPDATE OF, and those of WHEN. */
export interface Trigger extends AttachedNeeds {
  readonly level: TriggerLevel;
  readonly events: readonly TriggerEvent[];
  /** What it runs. */
  readonly function: QualifiedName;
  /** Of the table above, in a partition: what it is called there. */
  readonly partOf: string | undefined;
}

export interface HeldCode {
  readonly on: readonly Occasion[];
  readonly usage: Usage;
}

/** `actions`: what it does to rows. */
export interface RewriteRule extends AttachedNeeds {
  readonly event: RuleEvent;
  readonly instead: boolean;
  /** It has a WHERE. */
  readonly isConditional: boolean;
  /** Its actions read the rows that the statement is about: OLD, or NEW of an UPDATE. */
  readonly readsRows: boolean;
  /** It runs a query: neither NOTHING nor NOTIFY alone. */
  readonly runsQuery: boolean;
  readonly isEnabled: boolean;
  readonly actions: readonly (RowAction & { readonly target: QualifiedName })[];
}

/** Anything that stands in pg_class and is not an index. */
export interface Relation {
  readonly name: QualifiedName;
  readonly kind: TableKind;
  readonly persistence: Persistence;
  /** Undefined: it was there before the history begins. */
  readonly born: Moment | undefined;
  /** All of its columns, constraints and indexes are in the history. */
  readonly complete: boolean;
  /** What code that may not have run leaves open: whether it is there at all, or what belongs to it. */
  readonly doubt: 'none' | 'parts' | 'existence';
  /** Rows were put into it; true for all that history did not make. */
  readonly written: boolean;
  /** Undefined where history does not show it: for whoever made it, too. */
  readonly owner: string | undefined;
  /** Undefined where history does not show it. */
  readonly storage: Storage;
  readonly columns: OrderedMap<Column>;
  readonly constraints: NamedList<TableConstraint>;
  readonly indexes: NamedList<Index>;
  /** What hangs on it, by name; `unknown` where history may not show all of it. */
  readonly triggers: OrderedMap<Trigger> | 'unknown';
  readonly policies: OrderedMap<AttachedNeeds> | 'unknown';
  readonly rowSecurity: boolean | 'unknown';
  readonly rules: OrderedMap<RewriteRule> | 'unknown';
  /** Of a partitioned table that history shows. */
  readonly partitionBy: PartitionKey | undefined;
  readonly partitionOf: { readonly parent: QualifiedName; readonly bound: PartitionBound } | undefined;
  /** CREATE TABLE … OF: its columns are the attributes of a type. */
  readonly ofType: QualifiedName | undefined;
  /** Tables that it inherits from, other than as a partition. */
  readonly parents: readonly QualifiedName[];
  /** Its partitions, and the tables that inherit from it. */
  readonly children: NameList;
  /** Of those, the partitions that were made for what no other one holds. */
  readonly defaultPartitions: NameList;
  /** Tables with a foreign key that points here. */
  readonly referencedBy: NameList;
  /** The column that a sequence goes with; `isPart`: an identity has it as its own, and another one OWNED BY the same column is none. */
  readonly ownedBy: { readonly table: QualifiedName; readonly column: string; readonly isPart: boolean } | undefined;
  /** What the columns of a view, or of a table that a query made, are called, in their order: of some, the type is not known. */
  readonly gives: readonly string[] | 'unknown';
  /** What a view reads. */
  readonly reads: readonly NeededRelation[];
  /** What the query of a view needs beside. */
  readonly needs: Needs;
  /** Where rows go that are written to a view. */
  readonly base: QualifiedName | undefined;
  /** Views that read it. */
  readonly readBy: NameList;
  /** How subscribers find a row of it. `gone`: by an index that is no more. */
  readonly replicaIdentity: ReplicaIdentity | { readonly kind: 'gone' };
  /** What is run by its use, beside its triggers: defaults, checks, the query of a view, rules. */
  readonly code: readonly HeldCode[];
  /** The extension that looks after it; undefined where no migration handed it over. */
  readonly management: Management | undefined;
  /** Types that columns may have which history can't follow, of a relation that a query made. */
  readonly mayHold: readonly ColumnType[];
}
