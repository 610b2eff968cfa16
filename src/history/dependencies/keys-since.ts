// What a relation needs and did not need before, by the keys under which it is found.

import { functionKey, keysOf, noNeeds, relationKey, typeKey, type Needs } from '../../model/dependencies/needs.ts';
import { isOfExtension } from '../../model/extensions.ts';
import { NamedList } from '../../model/named-list.ts';
import type { RelationName } from '../../model/names.ts';
import { OrderedMap } from '../../model/ordered-map.ts';
import type { Relation } from '../../model/relation.ts';
import { isBuiltinType } from '../../postgres/types.ts';

/** What the two share is not looked at. */
export function keysSince(relation: Relation, before: Relation | undefined): string[] {
  const triggers = since(relation.triggers, before?.triggers);
  const columns = relation.columns.since(before?.columns ?? OrderedMap.empty());
  const all: Needs[] = [
    ...columns.map(({ needs }) => needs),
    ...relation.constraints.since(before?.constraints ?? NamedList.empty()).map((one) => (one.type === 'check' ? one.needs : noNeeds)),
    ...relation.indexes.since(before?.indexes ?? NamedList.empty()).map(({ needs }) => needs),
    ...triggers.map(({ needs }) => needs),
    ...since(relation.policies, before?.policies).map(({ needs }) => needs),
    ...since(relation.rules, before?.rules).map(({ needs }) => needs),
    ...(relation.needs === before?.needs ? [] : [relation.needs]),
  ];
  const reads = relation.reads === before?.reads ? [] : relation.reads.map((read) => relationKey(read.relation));
  const types = columns.flatMap(({ type }) => keysOfType(type.name));
  const ofType = relation.ofType && relation.ofType !== before?.ofType ? [typeKey(relation.ofType)] : [];
  return [...all.flatMap((needs) => (needs === noNeeds ? [] : keysOf(needs))), ...reads, ...triggers.map((trigger) => functionKey(trigger.function)), ...types, ...ofType];
}

function since<V>(now: OrderedMap<V> | 'unknown', before: OrderedMap<V> | 'unknown' | undefined): V[] {
  if (now === 'unknown') return [];
  return now.since(before === undefined || before === 'unknown' ? OrderedMap.empty() : before);
}

/** PostgreSQL's own are never dropped; those of extensions are found whatever schema they are in. */
function keysOfType({ schema, name }: RelationName): string[] {
  if (isOfExtension('types', name)) return [typeKey({ schema, name }), typeKey({ schema: undefined, name })];
  return schema === undefined && isBuiltinType(name, 18) ? [] : [typeKey({ schema, name })];
}
