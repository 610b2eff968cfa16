// What it costs to keep the rows of a relation elsewhere or in another way: nothing where they are so already.

import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { known, lockAlone, type Facts } from './facts.ts';

export function setTablespace({ relation, relationKind, tablespace }: ChangeOf<'set-tablespace'>, facts: Facts): Effect[] {
  if (relationKind === 'index') return [];
  return rewriteUnlessSame(relation, known(relation, facts)?.storage.tablespace, tablespace, facts);
}

export function setAccessMethod({ table, accessMethod }: ChangeOf<'set-access-method'>, facts: Facts): Effect[] {
  const wanted = accessMethod ?? facts.catalog.parts.defaultStorage.accessMethod;
  return rewriteUnlessSame(table, known(table, facts)?.storage.accessMethod, wanted, facts);
}

export function setPersistence({ table, persistence }: ChangeOf<'set-persistence'>, facts: Facts): Effect[] {
  const relation = known(table, facts);
  return rewriteUnlessSame(table, relation?.born && relation.persistence, persistence, facts);
}

/** `old` is undefined where history does not show it. */
function rewriteUnlessSame(name: RelationName, old: string | undefined, wanted: string | undefined, facts: Facts): Effect[] {
  const certainty = old === undefined ? 'assumed' : 'known';
  return lockAlone(name, 'ACCESS EXCLUSIVE', facts, { work: old === wanted ? [] : ['rewrite'], certainty });
}
