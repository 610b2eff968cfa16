// What changes of a sequence do to those who draw from it: nextval() locks it ROW EXCLUSIVE until its transaction ends.

import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { RelationName } from '../model/names.ts';
import { lock, type Facts } from './facts.ts';

/** Source: AlterSequence() in src/backend/commands/sequence.c. */
export function alterSequence(change: ChangeOf<'alter-sequence' | 'own-sequence'>, facts: Facts): Effect[] {
  const { sequence, ifExists } = change;
  const isRewritten = change.kind === 'alter-sequence' && change.persistence !== undefined;
  return facts.catalog.isAbsent(sequence, ifExists) ? [] : lock(sequence, isRewritten ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE', facts);
}

export function dropSequence({ sequence, ifExists }: ChangeOf<'drop-sequence'>, facts: Facts): Effect[] {
  return facts.catalog.isAbsent(sequence, ifExists) ? [] : lock(sequence, 'ACCESS EXCLUSIVE', facts);
}

export function lockSequenceOfIdentity(table: RelationName, column: string, mode: LockMode, facts: Facts): Effect[] {
  const found = facts.catalog.sequenceOfIdentity(facts.catalog.qualify(table), column);
  return found ? lock(found.name, mode, facts) : [];
}
