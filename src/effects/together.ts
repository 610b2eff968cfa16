// What the actions of one ALTER TABLE do because of each other.

import type { Catalog } from '../model/catalog.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import { strongerOf, type LockMode } from '../model/lock.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import { effectsOf } from './effects-of.ts';
import { known, type Facts } from './facts.ts';

export interface ToldChange {
  readonly change: Change;
  readonly before: Catalog;
  readonly effects: readonly Effect[];
}

/** The effects of each change, in their order, as they are beside the others. */
export function together(changes: readonly ToldChange[], scene: Omit<Facts, 'catalog'>): readonly (readonly Effect[])[] {
  const isRewritten = changes.some(isRewrittenAtOnce);
  return changes.map(({ change, before, effects }) => {
    if (!('table' in change) || change.table === undefined) return effects;
    const { table } = change;
    const facts: Facts = { ...scene, catalog: before, isRewritten };
    const own = change.kind === 'alter-column-type' && isRewritten ? effectsOf(change, facts) : effects;
    const raised = isRecursive(change, facts) ? raisedBelow(table, own, strongestOn(table, changes), facts) : own;
    return changes.some((other) => leavesIndexesUnbuilt(other, facts)) ? unbuiltBelow(table, raised, facts) : raised;
  });
}

const rewriters: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['alter-column-type', 'set-persistence', 'set-access-method']);

/** PostgreSQL knows it before it runs the first of them. Source: ATPrepCmd() in src/backend/commands/tablecmds.c. */
function isRewrittenAtOnce({ change, before, effects }: ToldChange): boolean {
  if (!rewriters.has(change.kind) || !('table' in change) || change.table === undefined) return false;
  const name = before.qualify(change.table);
  return effects.some(({ relation, work }) => isSameName(relation, name) && work.includes('rewrite'));
}

/** Those that need less than ACCESS EXCLUSIVE, and take what the statement takes on the tables below. Before 18, a foreign key leaves alone those that inherit. */
function isRecursive(change: Change, { catalog, version }: Facts): boolean {
  if (change.kind === 'add-constraint') return change.constraint.type === 'foreign-key' && (version >= 18 || catalog.isPartitioned(change.table));
  return change.kind === 'validate-constraint' || change.kind === 'set-column-statistics' || change.kind === 'toggle-trigger';
}

function strongestOn(table: RelationName, changes: readonly ToldChange[]): LockMode | undefined {
  const locks = changes.flatMap(({ effects, before }) => effects.flatMap(({ relation, lock }) => (isSameName(relation, before.qualify(table)) ? [lock] : [])));
  return locks.length === 0 ? undefined : locks.reduce(strongerOf);
}

function raisedBelow(table: RelationName, effects: readonly Effect[], mode: LockMode | undefined, { catalog }: Facts): readonly Effect[] {
  const below = catalog.descendants(table);
  return effects.map((effect) => (mode && below.some(({ name }) => isSameName(name, effect.relation)) ? { ...effect, lock: strongerOf(effect.lock, mode) } : effect));
}

/** A partitioned table is taken for rewritten, and its indexes for those that the rewrite builds; from 18 on, it can't be UNLOGGED. */
function leavesIndexesUnbuilt({ change, before }: ToldChange, facts: Facts): boolean {
  if (change.kind !== 'set-persistence' && change.kind !== 'set-access-method') return false;
  const relation = known(change.table, { ...facts, catalog: before });
  if (relation?.kind !== 'partitioned-table') return false;
  if (change.kind === 'set-access-method') return relation.storage.accessMethod !== change.accessMethod;
  return facts.version < 18 && relation.persistence !== change.persistence;
}

function unbuiltBelow(table: RelationName, effects: readonly Effect[], { catalog }: Facts): readonly Effect[] {
  const below = catalog.descendants(table);
  const isBelow = ({ relation }: Effect): boolean => below.some(({ name }) => isSameName(name, relation));
  return effects.map((effect) => (isBelow(effect) ? { ...effect, work: effect.work.filter((one) => one !== 'index-build') } : effect));
}
