// What it costs to keep the rows of a relation elsewhere or in another way: nothing where they are so already.

import type { StorageTrait } from '../model/assumption.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { lockIndex } from './index-effects.ts';
import { known, lock, lockAlone, lockPartitions, type Facts, type WorkFacts } from './facts.ts';

export function setTablespace({ relation, relationKind, tablespace }: ChangeOf<'set-tablespace'>, facts: Facts): Effect[] {
  if (relationKind === 'index') return moveIndex(relation, tablespace, facts);
  const found = known(relation, facts);
  if (isUnfilled(found)) return lock(relation, 'ACCESS EXCLUSIVE', facts);
  return rewriteUnlessSame(relation, 'tablespace', found?.storage.tablespace, tablespace, facts);
}

/** Its file is copied; of a partitioned index there is none. */
function moveIndex(index: RelationName, tablespace: string, facts: Facts): Effect[] {
  const table = facts.catalog.tableOfIndex(index);
  const found = typeof table === 'string' ? undefined : known(table, facts);
  const current = found?.indexes.get(index.name)?.tablespace;
  const assumption = current === undefined ? ({ kind: 'storage', relation: facts.catalog.qualifyIndex(index), trait: 'tablespace' } as const) : undefined;
  const isCopied = current !== tablespace && found?.kind !== 'partitioned-table';
  return lockIndex(index, 'ACCESS EXCLUSIVE', { work: isCopied ? ['index-build'] : [], assumption }, facts);
}

/** Without a name, all tables that went by an index before, one after the other. Source: get_tables_to_cluster() in src/backend/commands/cluster.c. */
export function cluster({ table, byIndex }: ChangeOf<'cluster'>, facts: Facts): Effect[] {
  if (table !== undefined) return clusterOne(table, byIndex, facts);
  const isMarked = ({ kind, persistence, indexes }: Relation): boolean =>
    kind !== 'partitioned-table' && persistence !== 'temporary' && indexes.some(({ clustered }) => clustered);
  return facts.catalog.relationsIn(undefined).filter(isMarked).flatMap(({ name }) => clusterOne(name, undefined, facts));
}

/** Where there is nothing to move, 18 lets go of it at once, and holds the index that is named. */
function clusterOne(table: RelationName, byIndex: string | undefined, facts: Facts): Effect[] {
  if (!isUnfilled(known(table, facts))) return lockPartitions(table, false, 'ACCESS EXCLUSIVE', facts, rewrite);
  if (facts.version < 18) return lock(table, 'ACCESS EXCLUSIVE', facts);
  return byIndex === undefined ? [] : lockIndex({ ...facts.catalog.qualify(table), name: byIndex }, 'ACCESS EXCLUSIVE', { work: [] }, facts);
}

const rewrite: WorkFacts = { work: ['rewrite'] };

/** Of a materialized view that is not filled there is nothing to move. */
function isUnfilled(relation: Relation | undefined): boolean {
  return relation?.kind === 'materialized-view' && !relation.written && relation.doubt === 'none';
}

/** ALL IN TABLESPACE: one after the other, in one transaction. */
export function moveAll({ relationKind, from, to, span }: ChangeOf<'move-all'>, facts: Facts): Effect[] {
  if (from === to) return [];
  if (relationKind === 'index') return facts.catalog.indexesIn(from).flatMap(({ name }) => moveIndex(name, to, facts));
  return facts.catalog
    .keptIn(from, relationKind)
    .flatMap(({ name }) => setTablespace({ kind: 'set-tablespace', span, relation: name, relationKind, tablespace: to }, facts));
}

/** Of a relation whose owner history does not show, nobody knows whether it is among them. */
export function lockOwned({ owners }: ChangeOf<'reassign-owned' | 'drop-owned'>, facts: Facts): Effect[] {
  const mayBeOwned = facts.catalog.relationsIn(undefined).filter(({ kind, owner }) => kind !== 'sequence' && (owner === undefined || owners.includes(owner)));
  return mayBeOwned.flatMap(({ name, owner }) =>
    lock(name, 'ACCESS EXCLUSIVE', facts, { work: [], assumption: owner === undefined ? { kind: 'owner', relation: name } : undefined }),
  );
}

export function setAccessMethod({ table, accessMethod }: ChangeOf<'set-access-method'>, facts: Facts): Effect[] {
  const wanted = accessMethod ?? facts.catalog.parts.defaultStorage.accessMethod;
  return rewriteUnlessSame(table, 'access-method', known(table, facts)?.storage.accessMethod, wanted, facts);
}

export function setPersistence({ table, persistence }: ChangeOf<'set-persistence'>, facts: Facts): Effect[] {
  const relation = known(table, facts);
  return rewriteUnlessSame(table, 'persistence', relation?.born && relation.persistence, persistence, facts);
}

/** `old` is undefined where history does not show it. */
function rewriteUnlessSame(
  name: RelationName,
  trait: StorageTrait,
  old: string | undefined,
  wanted: string | undefined,
  facts: Facts,
): Effect[] {
  const relation = facts.catalog.qualify(name);
  const assumption = old === undefined ? ({ kind: 'storage', relation, trait } as const) : undefined;
  return lockAlone(name, 'ACCESS EXCLUSIVE', facts, { work: old === wanted ? [] : ['rewrite'], assumption });
}
