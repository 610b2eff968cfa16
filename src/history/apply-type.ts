// How types come to be, change their names and values, and go.

import type { TypeInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { EnumPlace } from '../model/changes/object-changes.ts';
import type { ColumnType } from '../model/column-type.ts';
import { noNeeds, typeKey, type Needs } from '../model/dependencies/needs.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { followType } from './apply-function.ts';
import { followTypeName, noteNeeds } from './dependencies/follow.ts';
import { putRelation, schemasWith } from './relation.ts';

/** A type that is made. */
export function putType(catalog: Catalog, type: RelationName, info: TypeInfo): Catalog {
  const name = catalog.creationName(type);
  catalog.parts.seenSchemas.add(name.schema);
  const put = catalog.with({ schemas: schemasWith(catalog, name.schema), types: catalog.parts.types.with(printName(name), info) });
  return noteNeeds(put, { kind: 'type', name }, needsOfType(info));
}

function needsOfType(info: TypeInfo): Needs[] {
  if (info.kind === 'composite') return [{ ...noNeeds, types: info.attributes.map(({ type }) => type.name) }];
  return info.kind === 'domain' ? [info.defaultNeeds, ...info.constraints.map(({ needs }) => needs), { ...noNeeds, types: [info.base.name] }] : [];
}

/** A type that is there already. */
export function putKnown(catalog: Catalog, type: RelationName, info: TypeInfo): Catalog {
  return putType(catalog, catalog.qualifyType(type), info);
}

export function addEnumValue(catalog: Catalog, { type, value, place }: ChangeOf<'add-enum-value'>): Catalog {
  const info = catalog.type(type);
  if (info?.kind !== 'enum' || info.values.includes(value)) return catalog;
  return putKnown(catalog, type, { ...info, values: withValue(info.values, value, place) });
}

function withValue(values: readonly string[], value: string, place: EnumPlace | undefined): readonly string[] {
  const index = place ? values.indexOf(place.value) : -1;
  return index < 0 || !place ? [...values, value] : values.toSpliced(place.side === 'after' ? index + 1 : index, 0, value);
}

export function renameEnumValue(catalog: Catalog, { type, value, to }: ChangeOf<'rename-enum-value'>): Catalog {
  const info = catalog.type(type);
  if (info?.kind !== 'enum') return catalog;
  return putKnown(catalog, type, { ...info, values: info.values.map((one) => (one === value ? to : one)) });
}

/** Renames a type, or moves it to another schema; columns follow, functions, and types that are made of it. */
export function moveType(catalog: Catalog, type: RelationName, to: QualifiedName): Catalog {
  const info = catalog.type(type);
  const old = catalog.qualifyType(type);
  const retyped = catalog.relationsIn(undefined).reduce((next, relation) => putRetyped(next, relation, old, to), followType(catalog, old, to));
  if (info === undefined) return retyped;
  const { types } = retyped.parts;
  const rename = (one: ColumnType): ColumnType => (one.name.name === old.name && isSameName(catalog.qualifyType(one.name), old) ? { ...one, name: to } : one);
  const followed = types.entries().reduce((map, [name, other]) => {
    const renamed = retypedInfo(other, rename);
    return renamed === other ? map : map.with(name, renamed);
  }, types.without(printName(old)));
  return followTypeName(putType(retyped.with({ types: followed }), to, info), old, to);
}

/** The row of a table is a type that is called as the table is. */
export function followRowType(catalog: Catalog, old: QualifiedName, to: QualifiedName): Catalog {
  const holders = catalog.parts.neededBy.get(typeKey(old))?.values() ?? [];
  const rename = (one: ColumnType): ColumnType => (isSameName(one.name, old) ? { ...one, name: to } : one);
  return holders.reduce((next, { kind, name }) => {
    const [relation, info] = [next.find(name), next.type(name)];
    if (kind === 'type') return info === undefined ? next : putKnown(next, name, retypedInfo(info, rename));
    return kind === 'relation' && typeof relation !== 'string' ? putRetyped(next, relation, old, to) : next;
  }, catalog);
}

function putRetyped(catalog: Catalog, relation: Relation, old: QualifiedName, to: QualifiedName): Catalog {
  const isOld = ({ type }: Column): boolean => type.name.name === old.name && isSameName(catalog.qualifyType(type.name), old);
  const isTyped = relation.ofType !== undefined && isSameName(relation.ofType, old);
  const columns = relation.columns.changed((column) => (isOld(column) ? { ...column, type: { ...column.type, name: to } } : column));
  if (columns === relation.columns && !isTyped) return catalog;
  return putRelation(catalog, { ...relation, ofType: isTyped ? to : relation.ofType, columns });
}

function retypedInfo(info: TypeInfo, rename: (type: ColumnType) => ColumnType): TypeInfo {
  if (info.kind === 'domain') {
    const base = rename(info.base);
    return base === info.base ? info : { ...info, base };
  }
  if (info.kind !== 'composite') return info;
  const attributes = info.attributes.map((one) => ({ ...one, type: rename(one.type) }));
  return attributes.every(({ type }, place) => type === info.attributes[place]?.type) ? info : { ...info, attributes };
}

export function dropType(catalog: Catalog, { type }: Pick<ChangeOf<'drop-type'>, 'type'>): Catalog {
  return catalog.with({ types: catalog.parts.types.without(printName(catalog.qualifyType(type))) });
}

export function typesIn(catalog: Catalog, schema: string): QualifiedName[] {
  const names = catalog.parts.types.entries().map(([name]) => name);
  return names.filter((name) => name.startsWith(`${schema}.`)).map((name) => ({ schema, name: name.slice(schema.length + 1) }));
}
