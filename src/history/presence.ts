// Is an object there? What the catalog says for certain, to code that asks before it does something.

import type { TypeInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { CatalogObject, CatalogObjectOf, NamePattern } from '../model/condition.ts';
import { printName, type RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';

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
  constraint: ({ name, table }, catalog) => {
    return inTables(table, catalog, (relation) => {
      if (name.schema.kind === 'named' && relation.name.schema !== name.schema.name) return false;
      return has(relation, relation.constraints.some((one) => one.name === name.name));
    });
  },
  trigger: ({ name, table }, catalog) => inTables(table, catalog, ({ triggers }) => (triggers === 'unknown' ? 'unknown' : triggers.has(name.name))),
  policy: ({ name, table }, catalog) => inTables(table, catalog, ({ policies }) => (policies === 'unknown' ? 'unknown' : policies.has(name.name))),
  type: ({ name }, catalog) => {
    if (catalog.parts.lastUnread !== undefined) return 'unknown';
    const ofTypes = typePresence(name, catalog);
    const ofTables = relationsBy(name, catalog);
    return anyOf([ofTypes, ofTables.found.length > 0 ? true : ofTables.isAll ? false : 'unknown']);
  },
  'enum-value': ({ type, value }, catalog) => {
    if (catalog.parts.lastUnread !== undefined) return 'unknown';
    const isIn = (info: TypeInfo | undefined): Presence => (info?.kind === 'enum' ? info.values.includes(value) : 'unknown');
    if (type?.schema.kind === 'path' || type?.schema.kind === 'named') return isIn(catalog.type(nameOf(type)));
    const enums = (type ? typesCalled(type.name, catalog) : allTypes(catalog)).filter(({ kind }) => kind === 'enum');
    return either(enums.map(isIn), type !== undefined ? enums.length > 0 : allRelations(catalog).isAll);
  },
  'run-migration': () => false,
};

/** Of what is made known by its parts: what a relation does not show may be there where history may not show all of it. */
function has({ complete }: Relation, isThere: boolean): Presence {
  return isThere || (complete ? false : 'unknown');
}

/** Nothing that could not be read has come behind it. */
function isTrusted({ born, doubt }: Relation, { parts: { lastUnread } }: Catalog): boolean {
  return doubt !== 'existence' && (lastUnread === undefined || lastUnread.statement < (born?.statement ?? 0));
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
  return catalog.parts.lastUnread === undefined && catalog.isAbsent(name);
}

function relationsCalled(name: string, catalog: Catalog): Meant {
  const { found, isAll } = allRelations(catalog);
  const isOpen = catalog.parts.relations.entries().some(([key, one]) => one === 'unknown' && key.endsWith(`.${name}`));
  return { found: found.filter((relation) => relation.name.name === name), isAll: isAll && !isOpen };
}

function allRelations(catalog: Catalog): Meant {
  const { origin, foreignSchemas, lastUnread } = catalog.parts;
  return { found: catalog.relationsIn(undefined), isAll: origin === 'empty' && foreignSchemas.size === 0 && lastUnread === undefined };
}

function nameOf({ name, schema }: NamePattern): RelationName {
  return { schema: schema.kind === 'named' ? schema.name : undefined, name };
}

function indexPresence(name: NamePattern, table: NamePattern | undefined, catalog: Catalog): Presence {
  if (name.schema.kind === 'any') return inTables(table, catalog, (relation) => has(relation, relation.indexes.some((one) => one.name === name.name)));
  const owner = catalog.tableOfIndex(nameOf(name));
  if (owner === 'absent' || owner === 'unknown') return catalog.parts.lastUnread === undefined && catalog.isIndexAbsent(nameOf(name)) ? false : 'unknown';
  const relation = catalog.find(owner);
  if (typeof relation === 'string' || !isTrusted(relation, catalog)) return 'unknown';
  return table === undefined || relationsBy(table, catalog).found.includes(relation);
}

function typePresence(name: NamePattern, catalog: Catalog): Presence {
  const { origin, foreignSchemas, types } = catalog.parts;
  const isThere = name.schema.kind === 'any' ? typesCalled(name.name, catalog).length > 0 : types.has(printName(catalog.qualifyType(nameOf(name))));
  if (isThere) return true;
  return origin === 'empty' && foreignSchemas.size === 0 && !isBuiltIn(name) ? false : 'unknown';
}

/** An array, or a name that extensions and PostgreSQL itself may have taken. */
function isBuiltIn({ name }: NamePattern): boolean {
  return name.startsWith('_') || name.startsWith('pg_');
}

function allTypes({ parts: { types } }: Catalog): TypeInfo[] {
  return types.entries().map(([, info]) => info);
}

function typesCalled(name: string, { parts: { types } }: Catalog): TypeInfo[] {
  return types.entries().flatMap(([key, info]) => (key.endsWith(`.${name}`) ? [info] : []));
}

/** For a name that a statement itself gives. */
export function patternFor(name: RelationName): NamePattern {
  return { name: name.name, schema: name.schema === undefined ? { kind: 'path' } : { kind: 'named', name: name.schema } };
}
