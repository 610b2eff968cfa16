// Is an object there? What the catalog says for certain, to code that asks before it does something.

import type { TypeInfo } from '../model/catalog-objects.ts';
import type { Catalog, Lookup } from '../model/catalog.ts';
import type { CatalogObject, CatalogObjectOf, NamePattern } from '../model/condition.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { KnownTest, type PersistentMap } from '../model/persistent-map.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';

export type Presence = boolean | 'unknown';

export function presenceOf(object: CatalogObject, catalog: Catalog): Presence {
  return ofKind(object.kind, object, catalog);
}

function ofKind<K extends CatalogObject['kind']>(kind: K, object: CatalogObjectOf<K>, catalog: Catalog): Presence {
  return presences[kind](object, catalog);
}

type Presences = { readonly [K in CatalogObject['kind']]: (object: CatalogObjectOf<K>, catalog: Catalog) => Presence };

const presences: Presences = {
  relation: ({ name, kinds }, catalog) => {
    const { found, isAll } = relationsBy(name, catalog);
    const isOne = ({ kind }: Relation): boolean => kinds === undefined || kinds.includes(kind);
    const ofRelations = either(found.map((one) => isTrusted(one, catalog) ? isOne(one) : 'unknown'), isAll);
    return kinds === undefined && ofRelations !== true ? anyOf([ofRelations, indexPresence(name, undefined, catalog)]) : ofRelations;
  },
  index: ({ name, table }, catalog) => indexPresence(name, table, catalog),
  column: ({ table, name }, catalog) => inTables(table, catalog, (relation) => has(relation, relation.columns.has(name))),
  constraint: ({ name, table, types }, catalog) => {
    if (name && table === undefined && !isConstraintSeen(name, catalog)) return allIsTold(catalog) && areComplete(catalog) ? false : 'unknown';
    const isMeant = (one: TableConstraint): boolean => (name === undefined || one.name === name.name) && (types === undefined || types.includes(one.type));
    return inTables(table, catalog, (relation) => {
      if (name?.schema.kind === 'named' && relation.name.schema !== name.schema.name) return false;
      const found = relation.constraints.find(isMeant);
      return found?.type === 'foreign-key' && relation.doubt === 'parts' ? 'unknown' : has(relation, found !== undefined);
    });
  },
  trigger: ({ name, table }, catalog) => inTables(table, catalog, ({ triggers }) => (triggers === 'unknown' ? 'unknown' : triggers.has(name.name))),
  policy: ({ name, table }, catalog) => inTables(table, catalog, ({ policies }) => (policies === 'unknown' ? 'unknown' : policies.has(name.name))),
  type: ({ name }, catalog) => {
    if (catalog.isAnythingDoubted()) return 'unknown';
    const ofTypes = typePresence(name, catalog);
    const ofTables = relationsBy(name, catalog);
    return anyOf([ofTypes, ofTables.found.length > 0 ? true : ofTables.isAll ? false : 'unknown']);
  },
  'enum-value': ({ type, value }, catalog) => {
    if (catalog.isAnythingDoubted()) return 'unknown';
    const isIn = (info: TypeInfo | undefined): Presence => (info?.kind === 'enum' ? info.values.includes(value) : 'unknown');
    if (type?.schema.kind === 'path' || type?.schema.kind === 'named') return isIn(catalog.type(nameOf(type)));
    const enums = (type ? typesCalled(type.name, catalog) : allTypes(catalog)).filter(({ kind }) => kind === 'enum');
    return either(enums.map(isIn), type !== undefined ? enums.length > 0 : allIsTold(catalog));
  },
  'run-migration': () => false,
};

/** Of what is made known by its parts: what a relation does not show may be there where history may not show all of it. */
function has({ complete }: Relation, isThere: boolean): Presence {
  return isThere || (complete ? false : 'unknown');
}

/** Nothing that could not be read has come behind it. */
function isTrusted({ name, born, doubt }: Relation, catalog: Catalog): boolean {
  return doubt !== 'existence' && !catalog.isDoubted(name, born);
}

/** In any of the tables that are meant. Without a pattern, in any table of the database. */
function inTables(table: NamePattern | undefined, catalog: Catalog, find: (relation: Relation) => Presence): Presence {
  const { found, isAll } = table ? relationsBy(table, catalog) : allRelations(catalog);
  return either(found.map((relation) => (isTrusted(relation, catalog) ? find(relation) : 'unknown')), isAll);
}

function anyOf(presences: readonly Presence[]): Presence {
  return either(presences, true);
}

/** `isAll`: there is nothing else that may be meant. */
function either(presences: readonly Presence[], isAll: boolean): Presence {
  if (presences.includes(true)) return true;
  return presences.includes('unknown') || !isAll ? 'unknown' : false;
}

interface Meant {
  readonly found: readonly Relation[];
  /** All that may be meant is in the history. */
  readonly isAll: boolean;
}

function relationsBy(pattern: NamePattern, catalog: Catalog): Meant {
  if (pattern.schema.kind === 'any') return relationsCalled(pattern.name, catalog);
  const found = catalog.find(nameOf(pattern));
  return typeof found === 'string' ? { found: [], isAll: isKnownAbsent(nameOf(pattern), catalog) } : { found: [found], isAll: true };
}

/** What was dropped, and may have been made again by what could not be read, is not known to be absent. */
function isKnownAbsent(name: RelationName, catalog: Catalog): boolean {
  return catalog.isSurelyAbsent(name);
}

function relationsCalled(name: string, catalog: Catalog): Meant {
  const all = inAnySchema(name, catalog, catalog.parts.relations);
  const found = all.filter((one) => typeof one !== 'string');
  return { found, isAll: allIsTold(catalog) && !all.includes('unknown') };
}

/** What is called so, in whichever schema. */
function inAnySchema<V>(name: string, { parts }: Catalog, map: PersistentMap<V>): V[] {
  return Array.from(parts.seenSchemas, (schema) => map.get(printName({ schema, name }))).filter((one) => one !== undefined);
}

function allRelations(catalog: Catalog): Meant {
  return { found: catalog.relationsIn(undefined), isAll: allIsTold(catalog) };
}

/** Nothing is there but what the history made. */
function allIsTold(catalog: Catalog): boolean {
  return catalog.isWhole() && catalog.parts.foreignSchemas.size === 0;
}

function isConstraintSeen({ name }: NamePattern, { parts }: Catalog): boolean {
  return parts.constraintNames.hasIn(parts.seenSchemas, name);
}

const completeness = new KnownTest<Lookup<Relation>>((one) => one === 'absent' || (one !== 'unknown' && one.complete && one.doubt !== 'existence'));

function areComplete({ parts }: Catalog): boolean {
  return parts.relations.every(completeness);
}

function nameOf({ name, schema }: NamePattern): RelationName {
  return { schema: schema.kind === 'named' ? schema.name : undefined, name };
}

function indexPresence(name: NamePattern, table: NamePattern | undefined, catalog: Catalog): Presence {
  if (name.schema.kind === 'any') {
    const owners = inAnySchema(name.name, catalog, catalog.parts.indexes).filter((owner) => owner !== 'absent');
    if (owners.length === 0) return allIsTold(catalog) && areComplete(catalog) ? false : 'unknown';
    return either(owners.map((owner) => (owner === 'unknown' ? owner : isIndexOf(owner, table, catalog))), true);
  }
  const owner = catalog.tableOfIndex(nameOf(name));
  if (owner === 'absent' || owner === 'unknown') return !catalog.isAnythingDoubted() && catalog.isIndexAbsent(nameOf(name)) ? false : 'unknown';
  return isIndexOf(owner, table, catalog);
}

/** Is it an index of the table that is meant, where one is? */
function isIndexOf(owner: QualifiedName, table: NamePattern | undefined, catalog: Catalog): Presence {
  const relation = catalog.find(owner);
  if (typeof relation === 'string' || !isTrusted(relation, catalog)) return 'unknown';
  return table === undefined || relationsBy(table, catalog).found.includes(relation);
}

function typePresence(name: NamePattern, catalog: Catalog): Presence {
  const { origin, foreignSchemas, types } = catalog.parts;
  const found = name.schema.kind === 'any' ? typesCalled(name.name, catalog) : [types.get(printName(catalog.qualifyType(nameOf(name))))].filter((one) => one !== undefined);
  if (found.length > 0) return found.some(({ kind }) => kind !== 'other') || 'unknown';
  return origin === 'empty' && foreignSchemas.size === 0 && !isBuiltIn(name) ? false : 'unknown';
}

/** An array, or a name that extensions and PostgreSQL itself may have taken. */
function isBuiltIn({ name }: NamePattern): boolean {
  return name.startsWith('_') || name.startsWith('pg_');
}

function allTypes({ parts: { types } }: Catalog): TypeInfo[] {
  return types.entries().map(([, info]) => info);
}

function typesCalled(name: string, catalog: Catalog): TypeInfo[] {
  return inAnySchema(name, catalog, catalog.parts.types);
}

/** For a name that a statement itself gives. */
export function patternFor(name: RelationName): NamePattern {
  return { name: name.name, schema: name.schema === undefined ? { kind: 'path' } : { kind: 'named', name: name.schema } };
}
