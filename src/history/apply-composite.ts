// How the attributes of a composite type change, and with them the tables OF it.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { PostgresVersion } from '../model/version.ts';
import type { RelationName } from '../model/names.ts';
import * as columns from './apply-column.ts';
import { putKnown, putType } from './apply-type.ts';
import { dropColumn } from './drop-column.ts';
import { renameColumn } from './rename-column.ts';
import { storedType } from './stored-column.ts';

export function createComposite(catalog: Catalog, { type, attributes }: ChangeOf<'create-composite'>): Catalog {
  return putType(catalog, type, { kind: 'composite', attributes: attributes.map((one) => stored(one, catalog)) });
}

export function addAttribute(catalog: Catalog, { type, attribute, span }: ChangeOf<'add-attribute'>, version: PostgresVersion): Catalog {
  const next = updateAttributes(catalog, type, (attributes) => [...attributes, stored(attribute, catalog)]);
  return eachTable(next, type, (now, table) =>
    columns.addColumn(now, { kind: 'add-column', span, table, only: false, ifNotExists: false, column: attribute }, version),
  );
}

export function dropAttribute(catalog: Catalog, { type, attribute, span, cascade }: ChangeOf<'drop-attribute'>, version: PostgresVersion): Catalog {
  const next = updateAttributes(catalog, type, (attributes) => attributes.filter(({ name }) => name !== attribute));
  return eachTable(next, type, (now, table) =>
    dropColumn(now, { kind: 'drop-column', span, table, only: false, column: attribute, ifExists: true, cascade }, version),
  );
}

export function alterAttribute(catalog: Catalog, { type, attribute, to }: ChangeOf<'alter-attribute'>): Catalog {
  const next = updateAttributes(catalog, type, (attributes) =>
    attributes.map((one) => (one.name === attribute ? stored({ ...one, type: to }, catalog) : one)),
  );
  return eachTable(next, type, (now, table) =>
    columns.changeColumn(now, { table, only: false, column: attribute }, (column) => ({ ...column, type: storedType(to, catalog) })),
  );
}

export function renameAttribute(catalog: Catalog, { type, attribute, to, span }: ChangeOf<'rename-attribute'>): Catalog {
  const next = updateAttributes(catalog, type, (attributes) =>
    attributes.map((one) => (one.name === attribute ? { ...one, name: to } : one)),
  );
  return eachTable(next, type, (now, table) =>
    renameColumn(now, { kind: 'rename-column', span, table, only: false, column: attribute, to }),
  );
}

function updateAttributes(
  catalog: Catalog,
  type: RelationName,
  change: (attributes: readonly ColumnDefinition[]) => readonly ColumnDefinition[],
): Catalog {
  const info = catalog.type(type);
  return info?.kind === 'composite' ? putKnown(catalog, type, { ...info, attributes: change(info.attributes) }) : catalog;
}

function stored(attribute: ColumnDefinition, catalog: Catalog): ColumnDefinition {
  return { ...attribute, type: storedType(attribute.type, catalog) };
}

function eachTable(catalog: Catalog, type: RelationName, change: (catalog: Catalog, table: RelationName) => Catalog): Catalog {
  return catalog.typedTables(type).reduce((next, { name }) => change(next, name), catalog);
}
