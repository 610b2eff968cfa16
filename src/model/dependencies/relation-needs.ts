// What the parts of a relation need, beside the columns of the relation itself.

import { NamedList } from '../named-list.ts';
import { OrderedMap } from '../ordered-map.ts';
import type { Relation, Trigger } from '../relation.ts';
import { functionKey, keysOf, noNeeds, relationKey, renamedNeeds, type AttachedNeeds, type Needs, type Renames } from './needs.ts';

/** The keys of what it needs and did not need before: what the two share is not looked at. */
export function keysSince(relation: Relation, before: Relation | undefined): string[] {
  const triggers = since(relation.triggers, before?.triggers);
  const all: Needs[] = [
    ...relation.columns.since(before?.columns ?? OrderedMap.empty()).map(({ needs }) => needs),
    ...relation.constraints.since(before?.constraints ?? NamedList.empty()).map((one) => (one.type === 'check' ? one.needs : noNeeds)),
    ...relation.indexes.since(before?.indexes ?? NamedList.empty()).map(({ needs }) => needs),
    ...triggers.map(({ needs }) => needs),
    ...since(relation.policies, before?.policies).map(({ needs }) => needs),
    ...since(relation.rules, before?.rules).map(({ needs }) => needs),
    ...(relation.needs === before?.needs ? [] : [relation.needs]),
  ];
  const reads = relation.reads === before?.reads ? [] : relation.reads.map((read) => relationKey(read.relation));
  return [...all.flatMap((needs) => (needs === noNeeds ? [] : keysOf(needs))), ...reads, ...triggers.map((trigger) => functionKey(trigger.function))];
}

function since<V>(now: OrderedMap<V> | 'unknown', before: OrderedMap<V> | 'unknown' | undefined): V[] {
  if (now === 'unknown') return [];
  return now.since(before === undefined || before === 'unknown' ? OrderedMap.empty() : before);
}

/** All of its parts, where what they need has another name. */
export function renamedIn(relation: Relation, renames: Renames): Relation {
  const rename = (needs: Needs): Needs => renamedNeeds(needs, renames);
  const attached = (one: AttachedNeeds): AttachedNeeds => (one.needs === noNeeds ? one : { ...one, needs: rename(one.needs) });
  return {
    ...relation,
    needs: rename(relation.needs),
    reads: renamedNeeds({ ...noNeeds, relations: relation.reads }, renames).relations,
    columns: relation.columns.changed((column) => (column.needs === noNeeds ? column : { ...column, needs: rename(column.needs) })),
    constraints: relation.constraints.changed((one) => (one.type === 'check' && one.needs !== noNeeds ? { ...one, needs: rename(one.needs) } : one)),
    indexes: relation.indexes.changed((index) => (index.needs === noNeeds ? index : { ...index, needs: rename(index.needs) })),
    triggers: relation.triggers === 'unknown' ? 'unknown' : relation.triggers.changed((one) => renamedTrigger(one, renames)),
    policies: relation.policies === 'unknown' ? 'unknown' : relation.policies.changed(attached),
    rules: relation.rules === 'unknown' ? 'unknown' : relation.rules.changed(attached),
  };
}

function renamedTrigger(trigger: Trigger, renames: Renames): Trigger {
  const { schema = trigger.function.schema, name } = renames.ofTriggers?.(trigger.function) ?? trigger.function;
  const isSame = schema === trigger.function.schema && name === trigger.function.name && trigger.needs === noNeeds;
  return isSame ? trigger : { ...trigger, function: { schema, name }, needs: renamedNeeds(trigger.needs, renames) };
}
