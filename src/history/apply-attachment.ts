// How what hangs on tables comes, changes its name and goes: policies, rules.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { eitherNeeds, type AttachedNeeds } from '../model/dependencies/needs.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import { attachedNeeds } from './dependencies/resolve.ts';
import { updateRelation } from './relation.ts';

type NameSet = 'policies' | 'rules';

export function createPolicy(catalog: Catalog, { table, name, clause }: ChangeOf<'create-policy'>): Catalog {
  return updateRelation(catalog, table, (relation) =>
    relation.policies === 'unknown' ? relation : { ...relation, policies: relation.policies.with(name, attachedNeeds(clause, catalog)) },
  );
}

/** OR REPLACE gives the rule that is there other actions, and leaves it disabled where it is. */
export function createRule(catalog: Catalog, { table, name, event, instead, isConditional, readsRows, runsQuery, actions, clause }: ChangeOf<'create-rule'>): Catalog {
  const rule = { ...attachedNeeds(clause, catalog), event, instead, isConditional, readsRows, runsQuery, actions: actions.map((action) => ({ ...action, target: catalog.qualify(action.target) })) };
  return updateRelation(catalog, table, (relation) =>
    relation.rules === 'unknown' ? relation : { ...relation, rules: relation.rules.with(name, { ...rule, isEnabled: relation.rules.get(name)?.isEnabled ?? true }) },
  );
}

export function toggleRule(catalog: Catalog, { table, name, enabled }: ChangeOf<'toggle-rule'>): Catalog {
  return updateRelation(catalog, table, (relation) => {
    const found = relation.rules === 'unknown' ? undefined : relation.rules.get(name);
    if (relation.rules === 'unknown' || found === undefined) return relation;
    return { ...relation, rules: relation.rules.with(name, { ...found, isEnabled: enabled }) };
  });
}

export const drop =
  (of: NameSet) =>
  (catalog: Catalog, { table, name }: ChangeOf<'drop-policy' | 'drop-rule'>): Catalog =>
    updateNames(catalog, table, of, <V>(names: OrderedMap<V>) => names.without(name));

export const rename =
  (of: NameSet) =>
  (catalog: Catalog, { table, name, to }: ChangeOf<'rename-policy' | 'rename-rule'>): Catalog =>
    updateNames(catalog, table, of, <V>(names: OrderedMap<V>) => renamed(names, name, to));

function renamed<V>(all: OrderedMap<V>, name: string, to: string): OrderedMap<V> {
  const found = all.get(name);
  return found === undefined ? all : all.renamed(name, to, found);
}

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
