// What tables that nobody made say about the database that a history begins with.

import type { Catalog, CatalogParts, Lookup } from '../model/catalog.ts';
import { isBrought, isOfPlatform } from '../model/foreign-tables.ts';
import type { QualifiedName } from '../model/names.ts';
import { KnownTest } from '../model/persistent-map.ts';
import type { Relation } from '../model/relation.ts';
import { putRelation, unknownRelation } from './relation.ts';

/**
 * The history uses tables that it did not make. In a schema of its own tables, such a table was there before it; in any other, somebody
 * else makes the tables, and it says nothing.
 */
export function meetStrangers(catalog: Catalog, names: readonly QualifiedName[]): Catalog {
  const { foreignSchemas } = catalog.parts;
  const met = new Set(names.filter((name) => !isBrought(name)).map(({ schema }) => schema));
  if ([...met].some((schema) => !isOfPlatform(schema) && hasOwnTables(catalog, schema))) return withOldTables(catalog);
  return [...met].every((schema) => foreignSchemas.has(schema)) ? catalog : catalog.with({ foreignSchemas: new Set([...foreignSchemas, ...met]) });
}

/** Made by the history, lately or long ago. */
function hasOwnTables({ parts }: Catalog, schema: string): boolean {
  return !parts.relations.every(isStrange) && !parts.relations.every(isStrangeIn(schema, parts));
}

const isStrange = new KnownTest<Lookup<Relation>>((one) => !isOwn(one));

/** By the schemas that a history knows, so that it goes with them. */
const strangeIn = new WeakMap<ReadonlySet<string>, Map<string, typeof isStrange>>();

function isStrangeIn(schema: string, { seenSchemas }: CatalogParts): typeof isStrange {
  const tests = strangeIn.get(seenSchemas) ?? new Map<string, typeof isStrange>();
  const known = tests.get(schema) ?? new KnownTest((one) => !isOwn(one) || one.name.schema !== schema);
  strangeIn.set(seenSchemas, tests.set(schema, known));
  return known;
}

function isOwn(one: Lookup<Relation>): one is Relation {
  return typeof one !== 'string' && one.born !== undefined && one.kind !== 'sequence';
}

/** A table is made in a schema that others fill: it began with theirs. */
export function joinStrangers(catalog: Catalog, { schema }: QualifiedName): Catalog {
  return catalog.parts.foreignSchemas.has(schema) && !isOfPlatform(schema) ? withOldTables(catalog) : catalog;
}

/** The database was not empty: what IF NOT EXISTS was taken to make may have been there, whatever it is. */
function withOldTables(catalog: Catalog): Catalog {
  if (catalog.parts.origin === 'unknown') return catalog;
  const { presumed, relations } = catalog.parts;
  const doubtful = presumed.entries().flatMap(([key]): Relation[] => {
    const found = relations.get(key);
    return found === undefined || typeof found === 'string' ? [] : [found];
  });
  return doubtful.reduce((next, relation) => putRelation(next, asOld(relation)), catalog.with({ origin: 'unknown' }));
}

/** What it hangs together with is known. */
function asOld(relation: Relation): Relation {
  const { name, kind, partitionBy, partitionOf, parents, children, defaultPartitions, referencedBy, reads, base, readBy } = relation;
  return { ...unknownRelation(name), kind, partitionBy, partitionOf, parents, children, defaultPartitions, referencedBy, reads, base, readBy };
}
