// What making, dropping and rebuilding an index does to its table.

import type { ChangeOf } from '../model/change.ts';
import { doubtOf, type Effect, type Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { QualifiedName, RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { doubtAboutExistence, holdsRows, known, lock, lockPartitions, lockUnlessOnly, treeOf, type Facts, type WorkFacts } from './facts.ts';
import { partsOfIndex, workOfPart } from './index-parts.ts';

/**
 * ON ONLY a partitioned table builds nothing; who writes ONLY means one, where history does not show the table. Partitions that have an
 * index alike give that one, but are locked all the same. Of a hypertable, one piece after the other is built and locked, in transactions
 * of their own, where the statement says so.
 */
export function createIndex({ table, only, concurrently, ifNotExists, perChunk, index }: ChangeOf<'create-index'>, facts: Facts): Effect[] {
  const relation = known(table, facts);
  const mode = isConcurrent(relation, concurrently) ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE';
  const exists = ifNotExists && index.name !== undefined && isSurelyTaken({ schema: facts.catalog.qualify(table).schema, name: index.name }, facts);
  const isShell = only && (relation === undefined || relation.kind === 'partitioned-table');
  const isOpen = isShell && relation === undefined;
  const assumption = isOpen ? ({ kind: 'partitioned', table: facts.catalog.qualify(table) } as const) : undefined;
  const isByChunk = perChunk && relation?.management !== undefined;
  const work: readonly Work[] = exists || isShell || isByChunk ? [] : ['index-build'];
  const parts = only || exists ? [] : partsOfIndex(table, index, undefined, facts);
  return [
    ...lockUnlessOnly(table, true, mode, facts, { work, assumption }),
    ...lockPartitions(table, only, mode, facts),
    ...parts.flatMap((part) => lock(part.name, mode, facts, { work: workOfPart(part, facts) })),
  ];
}

function isSurelyTaken(name: QualifiedName, facts: Facts): boolean {
  return facts.catalog.isTaken(name) && doubtAboutExistence(name, facts) === undefined;
}

/** Nobody else uses a temporary table: PostgreSQL takes the shorter way. Source: DefineIndex() in src/backend/commands/indexcmds.c. */
function isConcurrent(table: Relation | undefined, concurrently: boolean): boolean {
  return concurrently && table?.persistence !== 'temporary';
}

/** Where history does not show the table of an index, the index stands for it. */
export function dropIndex({ index, concurrently, ifExists }: ChangeOf<'drop-index'>, facts: Facts): Effect[] {
  const table = facts.catalog.tableOfIndex(index);
  const mode = isConcurrent(typeof table === 'string' ? undefined : known(table, facts), concurrently) ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if (table === 'absent' || facts.catalog.isIndexAbsent(index, ifExists)) return [];
  return table === 'unknown' ? lockUnknownTable(index, mode, facts) : lockPartitions(table, false, mode, facts);
}

function lockUnknownTable(
  index: RelationName,
  mode: 'SHARE UPDATE EXCLUSIVE' | 'ACCESS EXCLUSIVE',
  { catalog }: Facts,
): Effect[] {
  const relation = catalog.qualifyIndex(index);
  return [{ relation, lock: mode, work: [], new: false, ...doubtOf({ kind: 'index-table', index: relation }) }];
}

/** SYSTEM: PostgreSQL's own tables alone. */
export function reindex({ target, relation, concurrently }: ChangeOf<'reindex'>, facts: Facts): Effect[] {
  if (target === 'system') return [];
  if (target === 'index' && relation) return reindexOne(relation, concurrently, facts);
  const tables = target === 'table' && relation ? [relation] : tablesOf(target === 'schema' ? relation?.name : undefined, facts);
  return tables.flatMap((table) => (concurrently ? reindexConcurrently(table, facts) : reindexTable(table, facts)));
}

function reindexTable(table: RelationName, facts: Facts): Effect[] {
  return [...partitionsOf(table, facts).flatMap((name) => lock(name, 'SHARE', facts, workOfRebuild(name, false, facts))), ...indexesOf(table, facts)];
}

/** All partitions are locked in SHARE to list them, and let go before the first is built. */
function reindexConcurrently(table: RelationName, facts: Facts): Effect[] {
  const [own = table, ...partitions] = partitionsOf(table, facts);
  return [
    ...lock(own, 'SHARE UPDATE EXCLUSIVE', facts, workOfRebuild(own, true, facts)),
    ...partitions.flatMap((name) => lock(name, 'SHARE', facts, { ...workOfRebuild(name, true, facts), isIdle: true })),
  ];
}

function partitionsOf(table: RelationName, facts: Facts): RelationName[] {
  return facts.catalog.isPartitioned(table) ? treeOf(table, facts) : [table];
}

/**
 * None where history shows that it has no index, or no rows of its own; assumed where it shows the table, and not all that belongs to it. CONCURRENTLY skips
 * the indexes of exclusion constraints.
 */
function workOfRebuild(table: RelationName, concurrently: boolean, facts: Facts): WorkFacts {
  if (!holdsRows(table, facts)) return { work: [] };
  const relation = known(table, facts);
  if (relation === undefined) return { work: ['index-build'] };
  if (relation.indexes.some(({ name }) => !concurrently || relation.constraints.get(name)?.type !== 'exclusion')) return { work: ['index-build'] };
  if (areIndexesKnown(relation, facts)) return { work: [] };
  return { work: ['index-build'], assumption: relation.born && { kind: 'constraints', table: relation.name } };
}

/** What a query gives may be open where its indexes are not; a partition may have got some from above. */
function areIndexesKnown(relation: Relation, { catalog }: Facts): boolean {
  const { kind, born, gives, partitionOf } = relation;
  const isOfQuery = kind === 'materialized-view' || (gives !== 'unknown' && gives.length > 0 && partitionOf === undefined);
  const isMadeByQuery = isOfQuery && born !== undefined;
  return catalog.isWhollyKnown(isMadeByQuery ? { ...relation, complete: true } : relation);
}

function reindexOne(index: RelationName, concurrently: boolean, facts: Facts): Effect[] {
  const table = facts.catalog.tableOfIndex(index);
  if (table === 'absent') return [];
  const ofTable = concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE';
  return [
    ...(table === 'unknown' ? [] : builtOn(table, index.name, facts).flatMap((name) => lock(name, ofTable, facts, { work: holdsRows(name, facts) ? ['index-build'] : [] }))),
    ...lockIndex(index, concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE', { work: ['index-build'] }, facts),
  ];
}

/** The planner locks all indexes of a table that is read, so that who holds one in ACCESS EXCLUSIVE stops readers of the table. */
export function lockIndex(index: RelationName, mode: LockMode, { work, assumption }: Pick<WorkFacts, 'work' | 'assumption'>, { catalog }: Facts): Effect[] {
  const table = catalog.tableOfIndex(index);
  if (table === 'absent') return [];
  const relation = catalog.qualifyIndex(index);
  return [{ relation, lock: mode, work, new: table !== 'unknown' && !catalog.isLive(table), ...doubtOf(table === 'unknown' ? { kind: 'index-table', index: relation } : assumption) }];
}

/** The part is locked, whether it is one already or not. Source: ATExecAttachPartitionIdx() in src/backend/commands/tablecmds.c. */
export function attachIndexPartition({ partition }: ChangeOf<'attach-index-partition'>, facts: Facts): Effect[] {
  return lockIndex(partition, 'ACCESS EXCLUSIVE', { work: [] }, facts);
}

/** Of a partitioned index, its own table is locked, and those that hold rows and have a part of it, as far as history shows their indexes. */
function builtOn(table: RelationName, index: string, facts: Facts): RelationName[] {
  const found: RelationName[] = [];
  const pending = facts.catalog.isPartitioned(table) ? [{ name: table, index }] : [];
  for (const above of pending) {
    for (const child of known(above.name, facts)?.children.values() ?? []) {
      const relation = known(child, facts);
      const part = relation?.indexes.find(({ partOf }) => partOf === above.index);
      if (part === undefined && relation !== undefined && areIndexesKnown(relation, facts)) continue;
      if (facts.catalog.isPartitioned(child)) pending.push({ name: child, index: part?.name ?? '' });
      else found.push(child);
    }
  }
  return [table, ...found];
}

function indexesOf(table: RelationName, facts: Facts): Effect[] {
  const relation = known(table, facts);
  return (relation?.indexes ?? []).map(({ name }) => ({
    relation: { schema: relation?.name.schema ?? '', name },
    lock: 'ACCESS EXCLUSIVE',
    work: ['index-build'],
    new: !facts.catalog.isLive(table),
    certainty: 'known',
  }));
}

function tablesOf(schema: string | undefined, { catalog }: Facts): RelationName[] {
  return catalog
    .relationsIn(schema)
    .filter(({ kind }) => kind === 'table' || kind === 'materialized-view')
    .map(({ name }) => name);
}
