// What happens to tables because of what hangs on them: triggers, policies, rules.

import type { OrderedMap } from '../model/ordered-map.ts';
import type { Relation, Trigger } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { PublishedTable } from '../model/changes/attachment-changes.ts';
import type { Effect } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { known, lock, lockPartitions, lockUnlessOnly, type Facts, type WorkFacts } from './facts.ts';
import { referencedTables } from './foreign-key-effects.ts';

/** Row triggers of a partitioned table are made on its partitions as well. */
export function createTrigger({ table, level }: ChangeOf<'create-trigger'>, facts: Facts): Effect[] {
  return lockPartitions(table, level === 'statement', 'SHARE ROW EXCLUSIVE', facts);
}

/** Where there is no such trigger, IF EXISTS lets go of the table at once. */
export function dropTrigger({ table, name, ifExists }: ChangeOf<'drop-trigger'>, facts: Facts): Effect[] {
  const triggers = known(table, facts)?.triggers ?? 'unknown';
  const drop = (work: WorkFacts): Effect[] => lockPartitions(table, !isCloned(table, name, facts), 'ACCESS EXCLUSIVE', facts, work);
  return dropPart({ table, name, ifExists, names: triggers }, facts, drop);
}

/** The same of policies and rules, which partitions have none of. */
export const dropNamed =
  (of: 'policies' | 'rules') =>
  ({ table, name, ifExists }: ChangeOf<'drop-policy' | 'drop-rule'>, facts: Facts): Effect[] => {
    const names = known(table, facts)?.[of] ?? 'unknown';
    return dropPart({ table, name, ifExists, names }, facts, (work) => lock(table, 'ACCESS EXCLUSIVE', facts, work));
  };

interface DroppedPart {
  readonly table: RelationName;
  readonly name: string;
  readonly ifExists: boolean;
  /** Of all that the table is known to have. */
  readonly names: Relation['policies' | 'rules' | 'triggers'];
}

/** With IF EXISTS, one that history does not show need not be there. */
function dropPart({ table, name, ifExists, names }: DroppedPart, facts: Facts, drop: (work: WorkFacts) => Effect[]): Effect[] {
  const { catalog } = facts;
  const relation = known(table, facts);
  const isDoubted = relation === undefined || catalog.isDoubted(relation.name, relation.born);
  const isShown = names !== 'unknown' && names.has(name);
  if (names !== 'unknown' && !isShown && !isDoubted) return [];
  const isOpen = ifExists && (!isShown || isDoubted);
  return drop({ work: [], assumption: isOpen ? { kind: 'attachment', table: catalog.qualify(table), name } : undefined });
}

/** The triggers of partitions go along where there are any. */
export function toggleTrigger({ table, only, triggers }: ChangeOf<'toggle-trigger'>, facts: Facts): Effect[] {
  const isWide = triggers.kind === 'one' ? isCloned(table, triggers.name, facts) : hasCloned(table, triggers.kind, facts);
  return lockPartitions(table, only || !isWide, 'SHARE ROW EXCLUSIVE', facts);
}

/** Row triggers alone; one that history does not show is taken for one. */
function isCloned(table: RelationName, name: string, facts: Facts): boolean {
  return triggersOf(table, facts)?.get(name)?.level !== 'statement';
}

/** Foreign keys are kept by row triggers, on both sides; before 15 by none that partitions share. */
function hasCloned(table: RelationName, kind: 'all' | 'user', facts: Facts): boolean {
  const relation = known(table, facts);
  const hasKeys = referencedTables(relation).length > 0 || (relation?.referencedBy.length ?? 0) > 0;
  const triggers = triggersOf(table, facts);
  return triggers === undefined || [...triggers.values()].some(({ level }) => level === 'row') || (kind === 'all' && facts.version >= 15 && hasKeys);
}

function triggersOf(table: RelationName, facts: Facts): OrderedMap<Trigger> | undefined {
  const triggers = known(table, facts)?.triggers ?? 'unknown';
  return triggers === 'unknown' ? undefined : triggers;
}

/** Tables that the actions of a rule write to are locked as if they did so now. */
export function createRule({ table, actions }: ChangeOf<'create-rule'>, facts: Facts): Effect[] {
  return [...lock(table, 'ACCESS EXCLUSIVE', facts), ...actions.flatMap(({ target }) => lock(target, 'ROW EXCLUSIVE', facts))];
}

/** Where history does not show its table, nothing is claimed: the lock stops neither readers nor writers. */
export function dropStatistics({ statistics }: ChangeOf<'drop-statistics'>, facts: Facts): Effect[] {
  const table = facts.catalog.tableOfStatistics(statistics);
  return table === 'absent' || table === 'unknown' ? [] : lock(table, 'SHARE UPDATE EXCLUSIVE', facts);
}

export function createPublication({ tables }: ChangeOf<'create-publication'>, facts: Facts): Effect[] {
  return tables.flatMap((table) => lockPublished(table, facts));
}

/** SET locks the tables that leave as well. */
export function alterPublication({ publication, action, tables }: ChangeOf<'alter-publication'>, facts: Facts): Effect[] {
  const leaving = action === 'set' ? (facts.catalog.parts.publications.get(publication)?.tables ?? []) : [];
  return [
    ...tables.flatMap((table) => lockPublished(table, facts)),
    ...leaving.flatMap((table) => lock(table, 'SHARE UPDATE EXCLUSIVE', facts)),
  ];
}

/** Tables that inherit are published too; partitions are published as a part of their table. */
function lockPublished({ table, only }: PublishedTable, facts: Facts): Effect[] {
  return lockUnlessOnly(table, only || facts.catalog.isPartitioned(table), 'SHARE UPDATE EXCLUSIVE', facts);
}
