// What a replay has made of a catalog, line by line.

import type { FunctionInfo, Publication, TypeInfo } from '../../src/model/catalog-objects.ts';
import type { Catalog, Lookup } from '../../src/model/catalog.ts';
import type { Column, Index, Relation, TableConstraint } from '../../src/model/relation.ts';
import type { ColumnType } from '../../src/model/column-type.ts';
import { printName, type QualifiedName } from '../../src/model/names.ts';
import type { PersistentMap } from '../../src/model/persistent-map.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import { words, type CatalogLines } from './catalog-lines.ts';

/** Before 18, PostgreSQL keeps no constraints for NOT NULL. */
export function linesHere(catalog: Catalog, version: PostgresVersion): CatalogLines {
  const { relations, types, functions, indexes, statistics, publications } = catalog.parts;
  return new Map([
    ...relations.entries().flatMap(([, one]) => (typeof one === 'string' ? [] : linesOf(one, catalog, version))),
    ...types.entries().flatMap(([name, info]) => typeLine(name, info, catalog)),
    ...functions.entries().map(([name, overloads]) => functionLine(name, overloads)),
    ...ownerLines('table of index', indexes, (table) => table),
    ...ownerLines('table of statistics', statistics, ({ table }) => table),
    ...publications.entries().map(([name, one]): Line => [`publication ${name}`, publicationWords(one)]),
  ]);
}

type Line = readonly [string, string];

function linesOf(relation: Relation, catalog: Catalog, version: PostgresVersion): Line[] {
  const name = printName(relation.name);
  const constraints = version < 18 ? relation.constraints.filter(({ type }) => type !== 'not-null') : relation.constraints;
  const columns = [...relation.columns.values()];
  return [
    [`relation ${name}`, relationWords(relation)],
    ...(relation.kind === 'sequence' ? [] : [[`columns ${name}`, words(...columns.map((one) => one.name), !relation.complete && '…')] as const]),
    ...columns.map((one): Line => [`column ${name}.${one.name}`, columnWords(one, catalog)]),
    ...constraints.map((one): Line => [`constraint ${name}.${one.name}`, constraintWords(one)]),
    ...relation.indexes.map((one): Line => [`index ${relation.name.schema}.${one.name}`, indexWords(one, name)]),
    ...listed(`triggers ${name}`, relation.triggers === 'unknown' ? ['unknown'] : [...relation.triggers].map(([key, one]) => `${key} ${one.level} ${printName(one.function)}`)),
    ...listed(`policies ${name}`, relation.policies === 'unknown' ? ['unknown'] : relation.policies.keys()),
    ...listed(`rules ${name}`, relation.rules === 'unknown' ? ['unknown'] : relation.rules.keys()),
    ...listed(`reads ${name}`, readWords(relation.reads)),
    ...listed(`read by ${name}`, relation.readBy.values().map(printName)),
    ...listed(`referenced ${name}`, relation.referencedBy.values().map(printName)),
    ...listed(`children ${name}`, relation.children.values().map(printName)),
    ...listed(`identity ${name}`, identityWords(relation)),
    ...listed(`owner ${name}`, relation.ownedBy ? [`${printName(relation.ownedBy.table)}.${relation.ownedBy.column}`] : []),
  ];
}

/** PostgreSQL remembers a relation once, however often a query names it. */
function readWords(reads: Relation['reads']): string[] {
  const columns = new Map<string, readonly string[]>();
  for (const { relation, columns: more } of reads) {
    const name = printName(relation);
    columns.set(name, [...(columns.get(name) ?? []), ...more]);
  }
  return [...columns].map(([name, list]) => `${name}(${[...new Set(list)].toSorted().join(', ')})`);
}

function ownerLines<T extends object>(kind: string, owners: PersistentMap<Lookup<T>>, ownerOf: (one: T) => QualifiedName): Line[] {
  return owners.entries().flatMap(([name, one]) => (typeof one === 'string' ? [] : [[`${kind} ${name}`, printName(ownerOf(one))] as const]));
}

function publicationWords({ tables, schemas, everything, findsRows }: Publication): string {
  const all = [...tables.map(printName).toSorted(), ...schemas.map((one) => `${one}.*`).toSorted(), ...(everything ? ['*'] : [])];
  return words(all.join(', '), findsRows && 'with old rows');
}

/** An index that has gone finds no rows, as PostgreSQL has it. */
function identityWords({ replicaIdentity: identity, indexes }: Relation): string[] {
  if (identity.kind === 'default') return [];
  if (identity.kind === 'gone') return ['nothing'];
  if (identity.kind !== 'index') return [identity.kind];
  return [indexes.has(identity.index) ? `index ${identity.index}` : 'nothing'];
}

function listed(key: string, items: readonly string[]): Line[] {
  return items.length === 0 ? [] : [[key, items.toSorted().join(', ')]];
}

function relationWords({ kind, persistence, partitionOf, parents, ofType, rowSecurity, storage: { tablespace } }: Relation): string {
  const above = parents.length > 0 && `inherits ${parents.map(printName).join(', ')}`;
  const type = ofType && `of ${printName(ofType)}`;
  const place = tablespace !== undefined && tablespace !== 'pg_default' && `in ${tablespace}`;
  return words(persistence, kind, partitionOf && `partition of ${printName(partitionOf.parent)}`, above, type, rowSecurity === true && 'row security', place);
}

function columnWords({ type, nullable, hasDefault, identity, generated, local }: Column, catalog: Catalog): string {
  return words(typeWords(type, catalog), !nullable && 'not null', hasDefault && 'default', identity && 'identity', generated, !local && 'inherited');
}

/** PostgreSQL fills up `numeric(10)`; what an interval is cut to is no number in our catalog. A type that history has not made is an extension's. */
function typeWords({ name, modifiers, isArray }: ColumnType, catalog: Catalog): string {
  const isMade = catalog.type(name) !== undefined || (name.schema !== undefined && typeof catalog.find(name) !== 'string');
  const full = name.name === 'numeric' && modifiers.length === 1 ? [...modifiers, 0] : modifiers;
  const size = full.length > 0 && name.name !== 'interval' ? `(${full.join(',')})` : '';
  return `${isMade ? printName(catalog.qualifyType(name)) : name.name}${size}${isArray ? '[]' : ''}`;
}

function constraintWords(one: TableConstraint): string {
  const isKey = one.type === 'primary-key' || one.type === 'unique' || one.type === 'exclusion';
  const state = words(!one.valid && 'not valid', !one.enforced && 'not enforced', !isKey && !one.local && 'inherited');
  switch (one.type) {
    case 'check':
      return words('check', one.noInherit && 'no inherit', state);
    case 'not-null':
      return words(`not-null(${one.columns.join(', ')})`, one.noInherit && 'no inherit', state);
    case 'foreign-key': {
      const target = `${printName(one.references)}(${one.referencedColumns.join(', ')})`;
      return words(`foreign-key(${one.columns.join(', ')}) ${target}`, one.deferred && 'deferred', state);
    }
    default:
      return words(`${one.type}(${one.columns.join(', ')})`, state);
  }
}

function indexWords({ unique, valid, columns, included, expressions, predicate, partOf }: Index, table: string): string {
  return words(
    unique && 'unique',
    !valid && 'invalid',
    `on ${table}(${columns.join(', ')})`,
    included.length > 0 && `include (${included.join(', ')})`,
    expressions.length > 0 && `${expressions.length} expressions`,
    predicate && 'partial',
    partOf && `part of ${partOf}`,
  );
}

function typeLine(name: string, info: TypeInfo, catalog: Catalog): Line[] {
  switch (info.kind) {
    case 'enum':
      return [[`enum ${name}`, info.values.join(', ')]];
    case 'domain': {
      const constraints = info.constraints.map((one) => `${one.type} ${one.name}`).toSorted();
      return [[`domain ${name}`, words(typeWords(info.base, catalog), constraints.join(', '), info.default && 'default')]];
    }
    case 'composite':
      return [[`composite ${name}`, info.attributes.map((one) => `${one.name} ${typeWords(one.type, catalog)}`).join(', ')]];
    case 'other':
      return [];
  }
}

function functionLine(name: string, overloads: readonly FunctionInfo[]): Line {
  return [`function ${name}`, overloads.map((one) => `${one.argumentTypes.length} ${one.volatility}`).toSorted().join(', ')];
}
