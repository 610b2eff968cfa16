// How what hangs on tables comes, changes its name and goes: triggers, policies, rules.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Relation, Trigger } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { updateRelation, updateTree } from './relation.ts';

/** Row triggers of a partitioned table are those of its partitions too. */
export function createTrigger(catalog: Catalog, { table, name, level, events, function: run }: ChangeOf<'create-trigger'>): Catalog {
  const below = level === 'row' && catalog.isPartitioned(table);
  const trigger: Trigger = { level, events, function: catalog.qualifyFunction(run) };
  return updateTree(catalog, table, !below, (relation) =>
    withTriggers(relation, (triggers) => new Map(triggers).set(name, trigger)),
  );
}

export function dropTrigger(catalog: Catalog, { table, name }: ChangeOf<'drop-trigger'>): Catalog {
  return updateTree(catalog, table, !catalog.isPartitioned(table), (relation) => withoutTriggers(relation, [name]));
}

export function renameTrigger(catalog: Catalog, { table, name, to }: ChangeOf<'rename-trigger'>): Catalog {
  const rename = (other: string): string => (other === name ? to : other);
  return updateTree(catalog, table, !catalog.isPartitioned(table), (relation) =>
    withTriggers(relation, (triggers) => new Map([...triggers].map(([other, trigger]) => [rename(other), trigger]))),
  );
}

/** A partition has the row triggers of its parent, as long as it is one. */
export function withTriggersOf(partition: Relation, parent: Lookup<Relation>): Relation {
  const cloned = rowTriggersOf(parent);
  if (cloned === 'unknown') return { ...partition, triggers: 'unknown' };
  return withTriggers(partition, (triggers) => new Map([...triggers, ...cloned]));
}

export function withoutTriggersOf(partition: Relation, parent: Lookup<Relation>): Relation {
  const cloned = rowTriggersOf(parent);
  return cloned === 'unknown' ? { ...partition, triggers: 'unknown' } : withoutTriggers(partition, [...cloned.keys()]);
}

/** Triggers go with a function that is dropped (`to` is undefined), and run it under its new name. */
export function followFunction(catalog: Catalog, from: QualifiedName, to: QualifiedName | undefined): Catalog {
  const runsIt = (name: QualifiedName): boolean => isSameName(name, from);
  const follow = ([name, trigger]: readonly [string, Trigger]): [string, Trigger][] => {
    if (!runsIt(trigger.function)) return [[name, trigger]];
    return to ? [[name, { ...trigger, function: to }]] : [];
  };
  return catalog.withTriggerThat(runsIt).reduce(
    (next, { name }) => updateRelation(next, name, (relation) => withTriggers(relation, (triggers) => new Map([...triggers].flatMap(follow)))),
    catalog,
  );
}

type Triggers = ReadonlyMap<string, Trigger>;

function rowTriggersOf(relation: Lookup<Relation>): Triggers | 'unknown' {
  if (relation === 'absent' || relation === 'unknown' || relation.triggers === 'unknown') return 'unknown';
  return new Map([...relation.triggers].filter(([, { level }]) => level === 'row'));
}

function withTriggers(relation: Relation, change: (triggers: Triggers) => Triggers): Relation {
  return relation.triggers === 'unknown' ? relation : { ...relation, triggers: change(relation.triggers) };
}

function withoutTriggers(relation: Relation, names: readonly string[]): Relation {
  return withTriggers(relation, (triggers) => new Map([...triggers].filter(([name]) => !names.includes(name))));
}

type NameSet = 'policies' | 'rules';

export const create =
  (of: NameSet) =>
  (catalog: Catalog, { table, name }: ChangeOf<'create-policy' | 'create-rule'>): Catalog =>
    updateNames(catalog, table, of, (names) => [...names, name]);

export const drop =
  (of: NameSet) =>
  (catalog: Catalog, { table, name }: ChangeOf<'drop-policy' | 'drop-rule'>): Catalog =>
    updateNames(catalog, table, of, (names) => names.filter((other) => other !== name));

export const rename =
  (of: NameSet) =>
  (catalog: Catalog, { table, name, to }: ChangeOf<'rename-policy' | 'rename-rule'>): Catalog =>
    updateNames(catalog, table, of, (names) => names.map((other) => (other === name ? to : other)));

function updateNames(
  catalog: Catalog,
  table: ChangeOf<'create-policy'>['table'],
  of: NameSet,
  change: (names: readonly string[]) => readonly string[],
): Catalog {
  return updateRelation(catalog, table, (relation) => {
    const names = relation[of];
    return names === 'unknown' ? relation : { ...relation, [of]: new Set(change([...names])) };
  });
}
