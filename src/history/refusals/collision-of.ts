// Is what a change makes certainly there already?

import type { Catalog } from '../../model/catalog.ts';
import type { Change, ChangeKind, ChangeOf } from '../../model/change.ts';
import type { Constraint } from '../../model/constraint.ts';
import { printName, type QualifiedName, type RelationName } from '../../model/names.ts';
import { isPlaceholderIn } from '../../model/placeholder.ts';
import type { Relation } from '../../model/relation.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { isBuiltinType } from '../../postgres/types.ts';
import { mayBeTemporary } from './absence.ts';

export type Collision = Pick<Refusal, 'error' | 'object' | 'of' | 'table'>;

export function collisionOf(change: Change, catalog: Catalog, version: PostgresVersion): Collision | undefined {
  return catalog.parts.isPathKnown ? ofKind(change.kind, change, catalog, version) : undefined;
}

function ofKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>, catalog: Catalog, version: PostgresVersion): Collision | undefined {
  return collisions[kind]?.(change, catalog, version);
}

type Table = { readonly [K in ChangeKind]?: (change: ChangeOf<K>, catalog: Catalog, version: PostgresVersion) => Collision | undefined };

const collisions: Table = {
  'create-table': (change, catalog) => {
    const { table, ifNotExists, persistence } = change;
    const twice = columnTwice(change, catalog);
    if (twice !== undefined) return { error: '42701', object: `column ${twice}`, of: printName(catalog.creationName(table)) };
    if (ifNotExists) return undefined;
    return persistence === 'temporary' ? temporaryAt(table, catalog) : relationAt(catalog.creationName(table), catalog);
  },
  'create-view': ({ view, replace, temporary }, catalog) => {
    if (replace) return undefined;
    return temporary ? temporaryAt(view, catalog) : relationAt(catalog.creationName(view), catalog);
  },
  'create-materialized-view': ({ view, ifNotExists }, catalog) => (ifNotExists ? undefined : relationAt(catalog.creationName(view), catalog)),
  'create-sequence': ({ sequence, ifNotExists, persistence }, catalog) =>
    ifNotExists || persistence === 'temporary' ? undefined : relationAt(catalog.creationName(sequence), catalog),
  'rename-relation': ({ relation, relationKind, ifExists, to }, catalog) => {
    if (ifExists && !isFound(relation, catalog)) return undefined;
    if (relationKind === 'type') return typeOrClassAt({ ...catalog.qualifyType(relation), name: to }, relation, catalog);
    if (mayBeTemporary(relation, catalog)) return undefined;
    const { schema } = relationKind === 'index' ? catalog.qualifyIndex(relation) : catalog.qualify(relation);
    return schema === 'pg_temp' ? undefined : classAt({ schema, name: to }, catalog);
  },
  'set-schema': ({ relation, relationKind, ifExists, schema }, catalog) => {
    if (ifExists && !isFound(relation, catalog)) return undefined;
    if (mayBeTemporary(relation, catalog) || catalog.qualify(relation).schema === schema) return undefined;
    return relationKind === 'type' ? typeAt({ schema, name: relation.name }, catalog) : classAt({ schema, name: relation.name }, catalog);
  },

  'add-column': ({ table, column, ifNotExists }, catalog) => (ifNotExists ? undefined : columnIn(table, column.name, catalog)),
  'rename-column': ({ table, to, only }, catalog) => {
    const below = only ? [] : catalog.descendants(table).map(({ name }) => name);
    const found = firstIn(below, (child) => withTable(columnIn(child, to, catalog), child));
    return found ?? columnIn(table, to, catalog);
  },
  'add-constraint': ({ table, constraint }, catalog, version) => addedConstraint(table, constraint, catalog, version),
  'rename-constraint': ({ table, to }, catalog, version) => constraintIn(table, to, catalog, version),
  'create-index': ({ table, index, ifNotExists }, catalog) => {
    const relation = catalog.find(table);
    if (ifNotExists || index.name === undefined || typeof relation === 'string' || mayBeTemporary(table, catalog)) return undefined;
    return relation.persistence === 'temporary' ? undefined : classAt({ schema: relation.name.schema, name: index.name }, catalog);
  },

  'create-trigger': ({ table, name, replace }, catalog) =>
    replace ? undefined : ofTable(table, catalog, ({ triggers }) => triggers !== 'unknown' && triggers.has(name), `trigger ${name}`),
  'rename-trigger': ({ table, name, to }, catalog) =>
    name === to ? undefined : ofTable(table, catalog, ({ triggers }) => triggers !== 'unknown' && triggers.has(to), `trigger ${to}`),
  'create-policy': ({ table, name }, catalog) => ofTable(table, catalog, ({ policies }) => policies !== 'unknown' && policies.has(name), `policy ${name}`),
  'rename-policy': ({ table, to }, catalog) => ofTable(table, catalog, ({ policies }) => policies !== 'unknown' && policies.has(to), `policy ${to}`),
  'create-rule': ({ table, name, replace }, catalog) =>
    replace ? undefined : ofTable(table, catalog, ({ rules }) => rules !== 'unknown' && rules.has(name), `rule ${name}`),
  'create-statistics': ({ statistics, ifNotExists }, catalog) => {
    if (ifNotExists || statistics === undefined || catalog.isAnythingDoubted()) return undefined;
    const name = catalog.creationName(statistics);
    const found = catalog.parts.statistics.get(printName(name));
    return found === undefined || typeof found === 'string' ? undefined : { error: '42710', object: `statistics object ${printName(name)}`, of: undefined };
  },
  'create-publication': ({ publication }, catalog) => {
    const isThere = !catalog.isAnythingDoubted() && catalog.parts.publications.has(publication) && !catalog.parts.perhaps.has(`publication ${publication}`);
    return isThere ? { error: '42710', object: `publication ${publication}`, of: undefined } : undefined;
  },

  'create-schema': ({ schema, ifNotExists }, catalog) => (ifNotExists ? undefined : schemaAt(schema, catalog)),
  'rename-schema': ({ to }, catalog) => schemaAt(to, catalog),
  'create-enum': ({ type }, catalog) => typeAt(catalog.creationName(type), catalog),
  'create-type': ({ type }, catalog) => typeAt(catalog.creationName(type), catalog),
  'create-composite': ({ type }, catalog) => typeAt(catalog.creationName(type), catalog),
  'create-domain': ({ domain }, catalog) => typeAt(catalog.creationName(domain), catalog),
  'add-enum-value': ({ type, value, ifNotExists }, catalog) => (ifNotExists ? undefined : valueIn(type, value, catalog)),
  'rename-enum-value': ({ type, to }, catalog) => valueIn(type, to, catalog),
  'add-attribute': ({ type, attribute }, catalog) => attributeIn(type, attribute.name, catalog),
  'rename-attribute': ({ type, to }, catalog) => attributeIn(type, to, catalog),
  'create-function': ({ function: name, argumentTypes, replace }, catalog) => (replace ? undefined : functionAt(catalog.creationName(name), argumentTypes, catalog)),
};

/** Where IF EXISTS finds nothing, nothing happens. */
function isFound(name: RelationName, catalog: Catalog): boolean {
  return typeof catalog.find(name) !== 'string' || typeof catalog.tableOfIndex(name) !== 'string' || catalog.type(name) !== undefined;
}

/** Of its own and those of LIKE: what is inherited becomes one with its own. */
function columnTwice({ columns, like }: ChangeOf<'create-table'>, catalog: Catalog): string | undefined {
  const copied = like.flatMap(({ table }) => {
    const found = mayBeTemporary(table, catalog) ? 'unknown' : catalog.find(table);
    return typeof found === 'string' || !catalog.isWhollyKnown(found) ? [] : [...found.columns.keys()];
  });
  const seen = new Set<string>();
  return [...columns.map(({ name }) => name), ...copied].find((name) => seen.size === seen.add(name).size);
}

/** What shares the names of tables: anything in pg_class, and the types that go with it. */
function relationAt(name: QualifiedName, catalog: Catalog): Collision | undefined {
  const type = catalog.parts.types.get(printName(name));
  const isOwnType = type?.kind === 'enum' || type?.kind === 'domain';
  const found = type && typeAt(name, catalog);
  return classAt(name, catalog) ?? (isOwnType ? found : type?.kind === 'composite' && found ? { ...found, error: '42P07', object: printName(name) } : undefined);
}

/** A composite type stands among the tables. `type`: the one that gets the name. */
function typeOrClassAt(name: QualifiedName, type: RelationName, catalog: Catalog): Collision | undefined {
  const found = typeAt(name, catalog);
  const areBoth = found && surely(type, catalog)?.kind === 'composite' && (catalog.parts.types.get(printName(name))?.kind ?? 'composite') === 'composite';
  return areBoth ? { ...found, error: '42P07', object: printName(name) } : found;
}

function classAt(name: QualifiedName, catalog: Catalog): Collision | undefined {
  if (isPlaceholderIn(name)) return undefined;
  const key = printName(name);
  const relation = catalog.parts.relations.get(key);
  const isThere = relation !== undefined && typeof relation !== 'string' && isSurelyThere(relation, catalog);
  return isThere || isIndexAt(name, catalog) ? { error: '42P07', object: key, of: undefined } : undefined;
}

/** Of the same migration: another one may have a connection of its own. */
function temporaryAt({ name }: RelationName, catalog: Catalog): Collision | undefined {
  const { relations, moment, endsAtCommit } = catalog.parts;
  const own = { schema: 'pg_temp', name };
  const found = relations.get(printName(own));
  if (found === undefined || typeof found === 'string' || found.doubt === 'existence' || catalog.isDoubted(own, found.born)) return undefined;
  const isThere = found.born?.migration === moment.migration && !endsAtCommit.some((one) => one.name === name);
  return isThere ? { error: '42P07', object: printName(own), of: undefined } : undefined;
}

/** The history made it, and nothing that could not be read has come since. */
function isSurelyThere(relation: Relation, catalog: Catalog): boolean {
  const { born, doubt, persistence, name, ownedBy } = relation;
  if (persistence === 'temporary' || born === undefined || doubt === 'existence' || catalog.isDoubted(name, born)) return false;
  return ownedBy === undefined || catalog.isWhole();
}

function isIndexAt(name: QualifiedName, catalog: Catalog): boolean {
  const owner = catalog.parts.indexes.get(printName(name));
  const table = owner === undefined || typeof owner === 'string' ? 'absent' : catalog.find(owner);
  return typeof table !== 'string' && catalog.isWhollyKnown(table) && table.indexes.has(name.name);
}

function ofTable(table: RelationName, catalog: Catalog, has: (relation: Relation) => boolean, object: string, error = '42710'): Collision | undefined {
  const relation = mayBeTemporary(table, catalog) ? 'unknown' : catalog.find(table);
  const isThere = typeof relation !== 'string' && catalog.isWhollyKnown(relation) && has(relation);
  return isThere ? { error, object, of: printName(relation.name) } : undefined;
}

function firstIn<N extends RelationName>(names: readonly N[], collide: (name: N) => Collision | undefined): Collision | undefined {
  for (const name of names) {
    const found = collide(name);
    if (found) return found;
  }
  return undefined;
}

function withTable(found: Collision | undefined, table: QualifiedName): Collision | undefined {
  return found && { ...found, table };
}

function columnIn(table: RelationName, column: string, catalog: Catalog): Collision | undefined {
  return ofTable(table, catalog, ({ columns }) => columns.has(column), `column ${column}`, '42701');
}

function addedConstraint(table: RelationName, constraint: Constraint, catalog: Catalog, version: PostgresVersion): Collision | undefined {
  const relation = catalog.find(table);
  const index = 'usingIndex' in constraint ? constraint.usingIndex : undefined;
  const name = constraint.name ?? index;
  // A NOT NULL that is there becomes one with it.
  if (name === undefined || constraint.type === 'not-null' || typeof relation === 'string' || mayBeTemporary(table, catalog)) return undefined;
  const isIndexNamed = 'included' in constraint && name !== index && relation.persistence !== 'temporary';
  const taken = isIndexNamed ? classAt({ schema: relation.name.schema, name }, catalog) : undefined;
  const other = taken ?? constraintIn(table, name, catalog, version);
  // PostgreSQL asks for no constraint of the name of the index, and runs into the unique key of pg_constraint.
  return other === undefined || other === taken || index === undefined ? other : { ...other, error: '23505' };
}

/** Before 18, no NOT NULL has a name. */
function constraintIn(table: RelationName, name: string, catalog: Catalog, version: PostgresVersion): Collision | undefined {
  const isNamed = ({ constraints }: Relation): boolean => constraints.has(name) && (version >= 18 || constraints.get(name)?.type !== 'not-null');
  return ofTable(table, catalog, isNamed, `constraint ${name}`);
}

function schemaAt(schema: string, catalog: Catalog): Collision | undefined {
  const isThere = catalog.parts.schemas.get(schema) === true && !catalog.isAnythingDoubted();
  return isThere ? { error: '42P06', object: `schema ${schema}`, of: undefined } : undefined;
}

/** A table has a type of its name. */
function typeAt(name: QualifiedName, catalog: Catalog): Collision | undefined {
  const key = printName(name);
  const { types, relations, perhaps } = catalog.parts;
  const there = types.get(key);
  if (isPlaceholderIn(name) || catalog.isAnythingDoubted() || (there?.kind === 'other' && there.isShell)) return undefined;
  const relation = relations.get(key);
  const isOfTable = relation !== undefined && typeof relation !== 'string' && relation.kind !== 'sequence' && isSurelyThere(relation, catalog);
  return (types.has(key) && !perhaps.has(`type ${key}`)) || isOfTable ? { error: '42710', object: `type ${key}`, of: undefined } : undefined;
}

function valueIn(type: RelationName, value: string, catalog: Catalog): Collision | undefined {
  const info = surely(type, catalog);
  return info?.kind === 'enum' && info.values.includes(value) ? { error: '42710', object: `value ${value}`, of: `type ${printName(catalog.qualifyType(type))}` } : undefined;
}

function attributeIn(type: RelationName, name: string, catalog: Catalog): Collision | undefined {
  const info = surely(type, catalog);
  const isThere = info?.kind === 'composite' && info.attributes.some((one) => one.name === name);
  return isThere ? { error: '42701', object: `attribute ${name}`, of: `type ${printName(catalog.qualifyType(type))}` } : undefined;
}

function surely(type: RelationName, catalog: Catalog): ReturnType<Catalog['type']> {
  const isDoubted = catalog.isAnythingDoubted() || catalog.parts.perhaps.has(`type ${printName(catalog.qualifyType(type))}`);
  return isDoubted ? undefined : catalog.type(type);
}

/** Only types that have one name are compared. */
function functionAt(name: QualifiedName, argumentTypes: readonly string[], catalog: Catalog): Collision | undefined {
  const key = printName(name);
  if (isPlaceholderIn(name) || catalog.isAnythingDoubted() || catalog.parts.perhaps.has(`function ${key}`)) return undefined;
  const isSame = (own: readonly string[]): boolean =>
    own.length === argumentTypes.length && own.every((type, place) => type === argumentTypes[place] && isBuiltinType(type.replace(/\[\]$/, ''), 18));
  const isThere = (catalog.parts.functions.get(key) ?? []).some((overload) => isSame(overload.argumentTypes));
  return isThere ? { error: '42723', object: `function ${key}(${argumentTypes.join(', ')})`, of: undefined } : undefined;
}
