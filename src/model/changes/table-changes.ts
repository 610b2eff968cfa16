// What a statement can do to a table as a whole, and to the relations that look like one.

import type { ColumnDefinition } from '../column.ts';
import type { Constraint } from '../constraint.ts';
import type { LockMode } from '../lock.ts';
import type { Management } from '../management.ts';
import type { RelationName } from '../names.ts';
import type { PartitionBound, PartitionKey } from '../partition.ts';
import type { Query } from '../query.ts';
import type { Span } from '../../text/span.ts';
import type { Storage } from '../storage.ts';

export type Persistence = 'permanent' | 'unlogged' | 'temporary';

export type RelationKind = 'table' | 'view' | 'materialized-view' | 'foreign-table' | 'index' | 'sequence' | 'type';

/** What the log says of a row that is changed or deleted: its primary key, all of it, nothing, or the columns of a unique index. */
export type ReplicaIdentity =
  | { readonly kind: 'default' | 'full' | 'nothing' }
  | { readonly kind: 'index'; readonly index: string };

export const likeParts = ['constraints', 'defaults', 'generated', 'identity', 'indexes', 'statistics'] as const;

/** What LIKE … INCLUDING copies beside the columns and their NOT NULL. */
export type LikePart = (typeof likeParts)[number];

export interface LikeClause {
  readonly table: RelationName;
  /** In the order of `likeParts`. */
  readonly including: readonly LikePart[];
  /** How many columns of the table's own stand before it. */
  readonly behind: number;
}

export type RowSecurityAction = 'enable' | 'disable' | 'force' | 'no-force';

interface CreatedTable {
  readonly kind: 'create-table';
  readonly table: RelationName;
  readonly ifNotExists: boolean;
  readonly persistence: Persistence;
  /** ON COMMIT DROP: a temporary one goes with its transaction. */
  readonly endsAtCommit: boolean;
  readonly foreign: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly Constraint[];
  readonly like: readonly LikeClause[];
  readonly inherits: readonly RelationName[];
  readonly partitionOf: { readonly parent: RelationName; readonly bound: PartitionBound } | undefined;
  /** PARTITION BY: it holds no rows of its own. */
  readonly partitionBy: PartitionKey | undefined;
  readonly storage: Storage;
  /** AS query, SELECT … INTO: its columns are those of the query. */
  readonly query: Query | undefined;
  /** OF type: its columns are the attributes of the type. */
  readonly ofType: RelationName | undefined;
}

/** A partition that gets the rows of others. */
type NewTable = CreatedTable & { readonly span: Span };

export type TableChange =
  | CreatedTable
  /** An extension is told to look after a table, or to leave it alone again. */
  | {
      readonly kind: 'manage-table';
      readonly table: RelationName;
      readonly management: Management | 'none' | { readonly kind: 'further-column'; readonly column: string | undefined };
      /** It goes through rows that are there. */
      readonly movesRows: boolean;
      /** The extension refuses it in a transaction. */
      readonly isRefusedInTransaction: boolean;
    }
  | { readonly kind: 'drop-table'; readonly table: RelationName; readonly ifExists: boolean; readonly cascade: boolean }
  | {
      readonly kind: 'rename-relation';
      readonly relation: RelationName;
      readonly relationKind: RelationKind;
      readonly ifExists: boolean;
      readonly to: string;
    }
  | {
      readonly kind: 'set-schema';
      readonly relation: RelationName;
      readonly relationKind: RelationKind;
      readonly ifExists: boolean;
      readonly schema: string;
    }
  /** `owner`: undefined for whoever runs it. */
  | { readonly kind: 'change-owner'; readonly relation: RelationName; readonly relationKind: RelationKind; readonly owner: string | undefined }
  /** REASSIGN OWNED, whatever they own; `to`: undefined for whoever runs it. */
  /** Of roles that are named. */
  | { readonly kind: 'drop-owned'; readonly owners: readonly string[] }
  | { readonly kind: 'reassign-owned'; readonly owners: readonly string[]; readonly to: string | undefined }
  | { readonly kind: 'truncate'; readonly table: RelationName; readonly only: boolean; readonly cascade: boolean }
  | { readonly kind: 'lock-table'; readonly table: RelationName; readonly only: boolean; readonly mode: LockMode }
  | {
      readonly kind: 'set-persistence';
      readonly table: RelationName;
      readonly persistence: Persistence;
      /** Columns that the same statement adds: their sequences are not the table's yet. */
      readonly countedAnew: readonly string[];
    }
  | {
      readonly kind: 'set-tablespace';
      readonly relation: RelationName;
      readonly relationKind: RelationKind;
      readonly tablespace: string;
    }
  /** ALTER … ALL IN TABLESPACE. */
  | { readonly kind: 'move-all'; readonly relationKind: RelationKind; readonly from: string; readonly to: string }
  /** Undefined: DEFAULT, which is default_table_access_method. */
  | { readonly kind: 'set-access-method'; readonly table: RelationName; readonly accessMethod: string | undefined }
  | {
      readonly kind: 'set-options';
      readonly relation: RelationName;
      readonly relationKind: RelationKind;
      readonly options: readonly string[];
    }
  /** SET WITHOUT OIDS, which has nothing left to do. */
  | { readonly kind: 'drop-oids'; readonly table: RelationName }
  /** Undefined: SET WITHOUT CLUSTER. */
  | { readonly kind: 'cluster-on'; readonly table: RelationName; readonly byIndex: string | undefined }
  | { readonly kind: 'replica-identity'; readonly table: RelationName; readonly identity: ReplicaIdentity }
  | { readonly kind: 'set-row-security'; readonly table: RelationName; readonly action: RowSecurityAction }
  | { readonly kind: 'inherit'; readonly table: RelationName; readonly parent: RelationName }
  | { readonly kind: 'no-inherit'; readonly table: RelationName; readonly parent: RelationName }
  /** Undefined: NOT OF. */
  | { readonly kind: 'set-of-type'; readonly table: RelationName; readonly type: RelationName | undefined }
  | {
      readonly kind: 'attach-partition';
      readonly table: RelationName;
      readonly partition: RelationName;
      readonly bound: PartitionBound;
    }
  | {
      readonly kind: 'detach-partition';
      readonly table: RelationName;
      readonly partition: RelationName;
      readonly mode: 'plain' | 'concurrently' | 'finalize';
    }
  | { readonly kind: 'comment'; readonly relation: RelationName; readonly relationKind: RelationKind }
  | { readonly kind: 'grant'; readonly relation: RelationName }
  | { readonly kind: 'vacuum'; readonly table: RelationName | undefined; readonly full: boolean }
  | { readonly kind: 'analyze'; readonly table: RelationName | undefined }
  | { readonly kind: 'cluster'; readonly table: RelationName | undefined; readonly byIndex: string | undefined }
  | {
      readonly kind: 'repack';
      readonly table: RelationName | undefined;
      readonly concurrently: boolean;
      readonly analyze: boolean;
    }
  /** All rows of the partition go to the new ones. */
  | {
      readonly kind: 'split-partition';
      readonly table: RelationName;
      readonly partition: RelationName;
      readonly into: readonly NewTable[];
    }
  /** The bound of the new one is what those of the old ones make together. */
  | {
      readonly kind: 'merge-partitions';
      readonly table: RelationName;
      readonly partitions: readonly RelationName[];
      readonly into: NewTable;
    };
