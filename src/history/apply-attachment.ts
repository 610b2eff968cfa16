// How what hangs on tables comes, changes its name and goes: triggers, policies, rules.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Relation, Trigger } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { eitherNeeds, type AttachedNeeds } from '../model/dependencies/needs.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import { attachedNeeds } from './dependencies/resolve.ts';
import { updateRelation, updateTree } from './relation.ts';

/** Row triggers of a partitioned table are those of its partitions too. */
export function createTrigger(catalog: Catalog, { table, name, level, events, function: run, columns, clause }: ChangeOf<'create-trigger'>): Catalog {
  const below = level === 'row' && catalog.isPartitioned(table);
  const { needs, ...when } = attachedNeeds(clause, catalog);
  const trigger: Trigger = {
    level,
    events,
    function: catalog.qualifyFunction(run),
    columns: [...columns, ...when.columns],
    surely: [...columns, ...when.surely],
    needs,
  };
  return updateTree(catalog, table, !below, (relation) =>
    withTriggers(relation, (triggers) => triggers.with(name, trigger)),
  );
}

export function dropTrigger(catalog: Catalog, { table, name }: ChangeOf<'drop-trigger'>): Catalog {
  return updateTree(catalog, table, !catalog.isPartitioned(table), (relation) => withoutTriggers(relation, [name]));
}

export function renameTrigger(catalog: Catalog, { table, name, to }: ChangeOf<'rename-trigger'>): Catalog {
  return updateTree(catalog, table, !catalog.isPartitioned(table), (relation) =>
    withTriggers(relation, (triggers) => renamed(triggers, name, to)),
  );
}

/** A partition has the row triggers of its parent, as long as it is one. */
export function withTriggersOf(partition: Relation, parent: Lookup<Relation>): Relation {
  const cloned = rowTriggersOf(parent);
  if (cloned === 'unknown') return { ...partition, triggers: 'unknown' };
  return withTriggers(partition, (triggers) => cloned.reduce((all, [name, trigger]) => all.with(name, trigger), triggers));
}

export function withoutTriggersOf(partition: Relation, parent: Lookup<Relation>): Relation {
  const cloned = rowTriggersOf(parent);
  return cloned === 'unknown' ? { ...partition, triggers: 'unknown' } : withoutTriggers(partition, cloned.map(([name]) => name));
}

type Triggers = OrderedMap<Trigger>;

function renamed<V>(all: OrderedMap<V>, name: string, to: string): OrderedMap<V> {
  const found = all.get(name);
  return found === undefined ? all : all.renamed(name, to, found);
}

function rowTriggersOf(relation: Lookup<Relation>): readonly (readonly [string, Trigger])[] | 'unknown' {
  if (relation === 'absent' || relation === 'unknown' || relation.triggers === 'unknown') return 'unknown';
  return [...relation.triggers].filter(([, { level }]) => level === 'row');
}

function withTriggers(relation: Relation, change: (triggers: Triggers) => Triggers): Relation {
  return relation.triggers === 'unknown' ? relation : { ...relation, triggers: change(relation.triggers) };
}

function withoutTriggers(relation: Relation, names: readonly string[]): Relation {
  return withTriggers(relation, (triggers) => names.reduce((left, name) => left.without(name), triggers));
}

type NameSet = 'policies' | 'rules';

export function createPolicy(catalog: Catalog, { table, name, clause }: ChangeOf<'create-policy'>): Catalog {
  return updateRelation(catalog, table, (relation) =>
    relation.policies === 'unknown' ? relation : { ...relation, policies: relation.policies.with(name, attachedNeeds(clause, catalog)) },
  );
}

/** OR REPLACE gives the rule that is there other actions. */
export function createRule(catalog: Catalog, { table, name, event, instead, actions, clause }: ChangeOf<'create-rule'>): Catalog {
  const rule = { ...attachedNeeds(clause, catalog), event, instead, actions: actions.map((action) => ({ ...action, target: catalog.qualify(action.target) })) };
  return updateRelation(catalog, table, (relation) =>
    relation.rules === 'unknown' ? relation : { ...relation, rules: relation.rules.with(name, rule) },
  );
}

export const drop =
  (of: NameSet) =>
  (catalog: Catalog, { table, name }: ChangeOf<'drop-policy' | 'drop-rule'>): Catalog =>
    updateNames(catalog, table, of, <V>(names: OrderedMap<V>) => names.without(name));

export const rename =
  (of: NameSet) =>
  (catalog: Catalog, { table, name, to }: ChangeOf<'rename-policy' | 'rename-rule'>): Catalog =>
    updateNames(catalog, table, of, <V>(names: OrderedMap<V>) => renamed(names, name, to));

/** What takes the place of what it said, USING or WITH CHECK, is not followed: it may need what either needs. */
export function alterPolicy(catalog: Catalog, { table, name, clause }: ChangeOf<'alter-policy'>): Catalog {
  const more = attachedNeeds(clause, catalog);
  return updateRelation(catalog, table, (relation) => {
    const old = relation.policies === 'unknown' ? undefined : relation.policies.get(name);
    if (relation.policies === 'unknown' || old === undefined) return relation;
    return { ...relation, policies: relation.policies.with(name, eitherAttached(old, more)) };
  });
}

function eitherAttached(one: AttachedNeeds, other: AttachedNeeds): AttachedNeeds {
  return { columns: [...new Set([...one.columns, ...other.columns])], surely: [], needs: eitherNeeds(one.needs, other.needs) };
}

function updateNames(
  catalog: Catalog,
  table: ChangeOf<'create-policy'>['table'],
  of: NameSet,
  change: <V>(names: OrderedMap<V>) => OrderedMap<V>,
): Catalog {
  return updateRelation(catalog, table, (relation) => {
    const { policies, rules } = relation;
    if (of === 'policies') return policies === 'unknown' ? relation : { ...relation, policies: change(policies) };
    return rules === 'unknown' ? relation : { ...relation, rules: change(rules) };
  });
}
