// How triggers come, change their names and go. Row triggers of a partitioned table are those of its partitions too.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { QualifiedName, RelationName } from '../model/names.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import type { Relation, Trigger } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { attachedNeeds } from './dependencies/resolve.ts';
import { updateRelation } from './relation.ts';

export function createTrigger(catalog: Catalog, { table, name, level, events, function: run, columns, clause }: ChangeOf<'create-trigger'>): Catalog {
  const { needs, ...when } = attachedNeeds(clause, catalog);
  const trigger: Trigger = {
    level,
    events,
    function: catalog.qualifyFunction(run),
    columns: [...columns, ...when.columns],
    surely: [...columns, ...when.surely],
    needs,
    partOf: undefined,
  };
  const made = updateRelation(catalog, table, (relation) => withTriggers(relation, (triggers) => triggers.with(name, trigger)));
  return level === 'row' ? partitionsOf(made, table).reduce((next, partition) => giveTriggers(next, partition, [[name, trigger]]), made) : made;
}

export function dropTrigger(catalog: Catalog, { table, name }: ChangeOf<'drop-trigger'>): Catalog {
  const dropped = updateRelation(catalog, table, (relation) => withTriggers(relation, (triggers) => triggers.without(name)));
  return partitionsOf(dropped, table).reduce((next, partition) => takeTriggers(next, partition, name), dropped);
}

/** Before 15, those of partitions keep their names. Source: renametrig() in src/backend/commands/trigger.c. */
export function renameTrigger(catalog: Catalog, { table, name, to }: Pick<ChangeOf<'rename-trigger'>, 'table' | 'name' | 'to'>, version: PostgresVersion): Catalog {
  const renamed = updateRelation(catalog, table, (relation) =>
    withTriggers(relation, (triggers) => {
      const found = triggers.get(name);
      return found === undefined ? triggers : triggers.renamed(name, to, found);
    }),
  );
  return partitionsOf(renamed, table).reduce((next, partition) => {
    const followed = updateRelation(next, partition, (relation) =>
      withTriggers(relation, (triggers) => triggers.changed((one) => (one.partOf === name ? { ...one, partOf: to } : one))),
    );
    const own = version < 15 ? undefined : partsIn(followed.find(partition), to)[0];
    return own === undefined ? followed : renameTrigger(followed, { table: partition, name: own, to }, version);
  }, renamed);
}

/** To what becomes a partition, with all below it. */
export function giveTriggers(catalog: Catalog, table: RelationName, above: RowTriggers): Catalog {
  const given = updateRelation(catalog, table, (relation) => withTriggersOf(relation, above));
  return partitionsOf(given, table).reduce((next, partition) => giveTriggers(next, partition, above), given);
}

export function withTriggersOf(partition: Relation, above: RowTriggers): Relation {
  if (above === 'unknown') return { ...partition, triggers: 'unknown' };
  return withTriggers(partition, (triggers) => above.reduce((all, [name, trigger]) => all.with(name, { ...trigger, partOf: name }), triggers));
}

/** From what was a partition, with all below it: those of the table above that is called so, or all of them. */
export function takeTriggers(catalog: Catalog, table: QualifiedName, name?: string): Catalog {
  const gone = partsIn(catalog.find(table), name);
  const taken = updateRelation(catalog, table, (relation) => withTriggers(relation, (triggers) => gone.reduce((left, one) => left.without(one), triggers)));
  const parts = gone.length === 0 ? [] : partitionsOf(taken, table);
  return gone.reduce((all, one) => parts.reduce((next, partition) => takeTriggers(next, partition, one), all), taken);
}

type RowTriggers = readonly (readonly [string, Trigger])[] | 'unknown';

/** What partitions have of it. */
export function rowTriggersOf(relation: Lookup<Relation>): RowTriggers {
  if (relation === 'absent' || relation === 'unknown' || relation.triggers === 'unknown') return 'unknown';
  return [...relation.triggers].filter(([, { level }]) => level === 'row');
}

/** Those that are parts of one above, or of the one that is called so. */
function partsIn(relation: Lookup<Relation>, above?: string): readonly string[] {
  if (typeof relation === 'string' || relation.triggers === 'unknown') return [];
  return [...relation.triggers].flatMap(([name, { partOf }]) => (partOf !== undefined && partOf === (above ?? partOf) ? [name] : []));
}

function partitionsOf(catalog: Catalog, table: RelationName): readonly QualifiedName[] {
  const relation = catalog.find(table);
  return typeof relation === 'string' || relation.kind !== 'partitioned-table' ? [] : relation.children.values();
}

function withTriggers(relation: Relation, change: (triggers: OrderedMap<Trigger>) => OrderedMap<Trigger>): Relation {
  return relation.triggers === 'unknown' ? relation : { ...relation, triggers: change(relation.triggers) };
}
