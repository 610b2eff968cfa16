// What one catalog has and another has not: the first thing, in words.

import type { Catalog } from '../../model/catalog.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { TypeInfo } from '../../model/catalog-objects.ts';
import type { PersistentMap } from '../../model/persistent-map.ts';
import type { Column, Index, Relation, TableConstraint } from '../../model/relation.ts';

/** `the column public.orders.total is missing`: of what there is behind a way up and back. Undefined where nothing is known to differ. */
export function schemaDifference(before: Catalog, after: Catalog): string | undefined {
  for (const [key, old, now] of changedIn(before.parts.relations, after.parts.relations)) {
    const difference = relationDifference(key, old, now);
    if (difference !== undefined) return difference;
  }
  for (const [key, old, now] of changedIn(before.parts.types, after.parts.types)) {
    const difference = typeDifference(key, old, now);
    if (difference !== undefined) return difference;
  }
  for (const [key, old, now] of changedIn(before.parts.functions, after.parts.functions)) {
    const [then, count] = [old?.length ?? 0, now?.length ?? 0];
    if (then !== count) return count > then ? `the function ${key} is still there` : `the function ${key} is missing`;
  }
  return undefined;
}

/** What is the same object is the same: catalogs share what did not change. */
function* changedIn<T>(before: PersistentMap<T>, after: PersistentMap<T>): Generator<readonly [string, T | undefined, T | undefined]> {
  for (const [key, old] of before.entries()) {
    const now = after.get(key);
    if (now !== old) yield [key, old, now];
  }
  for (const [key, now] of after.entries()) if (before.get(key) === undefined) yield [key, undefined, now];
}

type Known = Relation | 'absent' | 'unknown' | undefined;

function relationDifference(key: string, old: Known, now: Known): string | undefined {
  if (old === 'unknown' || now === 'unknown') return undefined;
  const [then, here] = [old === 'absent' ? undefined : old, now === 'absent' ? undefined : now];
  if (then === undefined && here !== undefined) return here.kind === 'sequence' && here.ownedBy ? undefined : `the ${words[here.kind]} ${key} is still there`;
  if (then === undefined || here === undefined) return then === undefined ? undefined : `the ${words[then.kind]} ${key} is missing`;
  if (then.kind !== here.kind) return `${key} is a ${words[here.kind]}, and was a ${words[then.kind]}`;
  if (then.doubt !== 'none' || here.doubt !== 'none') return undefined;
  return columnDifference(key, then, here) ?? partDifference('constraint', key, names(then.constraints), names(here.constraints)) ?? constraintDifference(key, then, here) ?? indexDifference(then, here);
}

const words: Readonly<Record<Relation['kind'], string>> = {
  table: 'table',
  'partitioned-table': 'partitioned table',
  'foreign-table': 'foreign table',
  view: 'view',
  'materialized-view': 'materialized view',
  sequence: 'sequence',
};

function columnDifference(key: string, then: Relation, here: Relation): string | undefined {
  const [old, now] = [[...then.columns.values()], [...here.columns.values()]];
  const missing = partDifference('column', key, old.map(({ name }) => name), now.map(({ name }) => name));
  if (missing !== undefined) return missing;
  for (const column of old) {
    const other = now.find(({ name }) => name === column.name);
    const what = other && howOther(column, other);
    if (what !== undefined) return `the column ${key}.${column.name} ${what}`;
  }
  return undefined;
}

function howOther(old: Column, now: Column): string | undefined {
  if (!sameColumnType(old.type, now.type)) return 'has another type';
  if (old.nullable !== now.nullable) return now.nullable ? 'may be NULL' : 'is NOT NULL';
  if (old.hasDefault !== now.hasDefault) return now.hasDefault ? 'has a default' : 'has lost its default';
  return old.identity === now.identity && old.generated === now.generated ? undefined : 'is made otherwise';
}

function sameColumnType(left: ColumnType, right: ColumnType): boolean {
  return left.name.name === right.name.name && left.isArray === right.isArray && left.modifiers.join() === right.modifiers.join();
}

function constraintDifference(key: string, then: Relation, here: Relation): string | undefined {
  const now = new Map(Array.from(here.constraints, (one) => [one.name, one]));
  const other = Array.from(then.constraints).find((one) => isOther(one, now.get(one.name)));
  return other && `the constraint ${other.name} of ${key} is another one`;
}

function isOther(old: TableConstraint, now: TableConstraint | undefined): boolean {
  return now !== undefined && (now.type !== old.type || (old.valid && !now.valid));
}

function indexDifference(then: Relation, here: Relation): string | undefined {
  const inSchema = `${then.name.schema}`;
  const missing = partDifference('index', inSchema, names(then.indexes), names(here.indexes));
  if (missing !== undefined) return missing;
  const now = new Map(Array.from(here.indexes, (one) => [one.name, one]));
  const other = Array.from(then.indexes).find((one) => isOtherIndex(one, now.get(one.name)));
  return other && `the index ${inSchema}.${other.name} is another one`;
}

function isOtherIndex(old: Index, now: Index | undefined): boolean {
  return now !== undefined && (now.unique !== old.unique || now.columns.join('\0') !== old.columns.join('\0'));
}

function typeDifference(key: string, old: TypeInfo | undefined, now: TypeInfo | undefined): string | undefined {
  if (old === undefined) return `the type ${key} is still there`;
  if (now === undefined) return `the type ${key} is missing`;
  if (old.kind === 'enum' && now.kind === 'enum' && old.values.join('\0') !== now.values.join('\0')) return `the type ${key} has other values`;
  return undefined;
}

function partDifference(kind: string, key: string, old: readonly string[], now: readonly string[]): string | undefined {
  const [missing] = old.filter((name) => !now.includes(name));
  if (missing !== undefined) return `the ${kind} ${key}.${missing} is missing`;
  const [left] = now.filter((name) => !old.includes(name));
  return left === undefined ? undefined : `the ${kind} ${key}.${left} is still there`;
}

function names(parts: Iterable<{ readonly name: string }>): readonly string[] {
  return Array.from(parts, ({ name }) => name);
}
