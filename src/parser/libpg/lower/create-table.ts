// CREATE TABLE in all its forms, CREATE FOREIGN TABLE, and the tables that queries make.

import type { CreateStmt, CreateTableAsStmt, IntoClause, Node, RangeVar, SelectStmt, TableLikeClause } from '@pgsql/types';
import type { Change, ChangeOf } from '../../../model/change.ts';
import { likeParts, type LikeClause, type LikePart, type Persistence } from '../../../model/changes/table-changes.ts';
import type { Constraint } from '../../../model/constraint.ts';
import type { Storage } from '../../../model/storage.ts';
import type { Span } from '../../../text/span.ts';
import { lowerColumn } from './columns.ts';
import { lowerConstraint } from './constraints.ts';
import type { Context, StatementBody } from './context.ts';
import { continuousAggregateOf, hypertableOf } from './managed-tables.ts';
import { nameOfList, rangeVar, relationName } from './names.ts';
import { lowerBound, lowerPartitionKey } from './partitions.ts';
import { lowerQuery } from './query.ts';

export function lowerCreateTable(node: CreateStmt, context: Context): StatementBody {
  const made = tableOf(node, context.span, false);
  return { kind: 'schema', command: 'CREATE TABLE', changes: [made, ...hypertableOf(node.options, relationName(node.relation), context.span)] };
}

export function lowerCreateForeignTable(node: CreateStmt | undefined, context: Context): StatementBody {
  return { kind: 'schema', command: 'CREATE FOREIGN TABLE', changes: [tableOf(node ?? {}, context.span, true)] };
}

/** CREATE TABLE … AS, CREATE MATERIALIZED VIEW. */
export function lowerCreateTableAs(node: CreateTableAsStmt, context: Context): StatementBody {
  if (node.objtype !== 'OBJECT_MATVIEW')
    return createdByQuery(node.into, node.query, node.if_not_exists === true, 'CREATE TABLE AS', context);
  const change: ChangeOf<'create-materialized-view'> = {
    kind: 'create-materialized-view',
    span: context.span,
    view: relationName(node.into?.rel),
    ifNotExists: node.if_not_exists === true,
    withData: node.into?.skipData !== true,
    storage: storageOf(node.into),
    query: lowerQuery(node.query, node.into?.colNames),
  };
  const managed = continuousAggregateOf(node.into?.options, node.into?.skipData === true, change.view, context.span);
  return { kind: 'schema', command: 'CREATE MATERIALIZED VIEW', changes: [change, ...managed] };
}

/** SELECT … INTO. */
export function lowerSelectInto(node: SelectStmt, context: Context): StatementBody {
  return createdByQuery(node.intoClause, { SelectStmt: node }, false, 'SELECT INTO', context);
}

function createdByQuery(
  into: IntoClause | undefined,
  query: Node | undefined,
  ifNotExists: boolean,
  command: string,
  { span }: Context,
): StatementBody {
  const made = { ifNotExists, endsAtCommit: into?.onCommit === 'ONCOMMIT_DROP', storage: storageOf(into), query: lowerQuery(query, into?.colNames) };
  return { kind: 'schema', command, changes: [{ ...emptyTable(into?.rel, span), ...made }] };
}

function tableOf(node: CreateStmt, span: Span, foreign: boolean): Change {
  const elements = node.tableElts ?? [];
  const parents = (node.inhRelations ?? []).flatMap(rangeVar).map(relationName);
  const parent = node.partbound && parents[0];
  return {
    ...emptyTable(node.relation, span),
    ifNotExists: node.if_not_exists === true,
    endsAtCommit: node.oncommit === 'ONCOMMIT_DROP',
    foreign,
    columns: elements.flatMap((element) => ('ColumnDef' in element ? [lowerColumn(element.ColumnDef)] : [])),
    constraints: [...elements, ...(node.constraints ?? [])].flatMap(constraintOf),
    like: elements.flatMap((element, place) =>
      'TableLikeClause' in element ? [lowerLike(element.TableLikeClause, elements.slice(0, place).filter(isColumn).length)] : [],
    ),
    inherits: node.partbound ? [] : parents,
    partitionOf: parent && { parent, bound: lowerBound(node.partbound) },
    partitionBy: node.partspec && lowerPartitionKey(node.partspec),
    storage: storageOf({ tableSpaceName: node.tablespacename, accessMethod: node.accessMethod }),
    ofType: node.ofTypename && nameOfList(node.ofTypename.names),
  };
}

/** Bits of TableLikeOption. Source: src/include/nodes/parsenodes.h. */
const likeBits: Readonly<Record<LikePart, number>> = {
  constraints: 2,
  defaults: 3,
  generated: 4,
  identity: 5,
  indexes: 6,
  statistics: 7,
};

function isColumn(element: Node): boolean {
  return 'ColumnDef' in element;
}

function lowerLike({ relation, options = 0 }: TableLikeClause, behind: number): LikeClause {
  return { table: relationName(relation), including: likeParts.filter((part) => (options & (1 << likeBits[part])) !== 0), behind };
}

function emptyTable(relation: RangeVar | undefined, span: Span): ChangeOf<'create-table'> {
  return {
    kind: 'create-table',
    span,
    table: relationName(relation),
    ifNotExists: false,
    persistence: persistenceOf(relation),
    endsAtCommit: false,
    foreign: false,
    columns: [],
    constraints: [],
    like: [],
    inherits: [],
    partitionOf: undefined,
    partitionBy: undefined,
    storage: storageOf({}),
    query: undefined,
    ofType: undefined,
  };
}

export function persistenceOf(relation: RangeVar | undefined): Persistence {
  if (relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp') return 'temporary';
  return relation?.relpersistence === 'u' ? 'unlogged' : 'permanent';
}

function storageOf(into: StorageClauses | undefined): Storage {
  return { tablespace: into?.tableSpaceName, accessMethod: into?.accessMethod };
}

interface StorageClauses {
  readonly tableSpaceName?: string | undefined;
  readonly accessMethod?: string | undefined;
}

function constraintOf(element: Node): Constraint[] {
  const constraint = 'Constraint' in element ? lowerConstraint(element.Constraint) : undefined;
  return constraint ? [constraint] : [];
}
