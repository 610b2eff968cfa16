// What it costs to keep the rows of a relation elsewhere or in another way: nothing where they are so already.

import type { StorageTrait } from '../model/assumption.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { known, lock, lockAlone, type Facts } from './facts.ts';

/** Of a materialized view that is not filled there is nothing to move. */
export function setTablespace({ relation, relationKind, tablespace }: ChangeOf<'set-tablespace'>, facts: Facts): Effect[] {
  if (relationKind === 'index') return [];
  const found = known(relation, facts);
  if (found?.kind === 'materialized-view' && !found.written && found.doubt === 'none') return lock(relation, 'ACCESS EXCLUSIVE', facts);
  return rewriteUnlessSame(relation, 'tablespace', found?.storage.tablespace, tablespace, facts);
}

/** ALL IN TABLESPACE: one after the other, in one transaction. */
export function moveAll({ relationKind, from, to, span }: ChangeOf<'move-all'>, facts: Facts): Effect[] {
  if (relationKind === 'index' || from === to) return [];
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
