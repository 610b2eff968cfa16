// What is kept of a column and of its type as somebody defines them.

import type { Catalog } from '../model/catalog.ts';
import { isSerial, type ColumnType } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import { noNeeds, type Needs } from '../model/dependencies/needs.ts';
import type { Expression } from '../model/expression.ts';
import type { QualifiedName } from '../model/names.ts';
import type { Column } from '../model/relation.ts';
import { isBuiltinType } from '../postgres/types.ts';
import { needsOfMentions } from './dependencies/resolve.ts';

export function columnOf(column: ColumnDefinition, catalog: Catalog): Column {
  return {
    name: column.name,
    type: storedType(column.type, catalog),
    collation: column.collation,
    nullable: !column.notNull && !isSerial(column.type) && !column.identity,
    hasDefault: isStoredDefault(column.default, column.type, catalog) || isSerial(column.type),
    defaultType: defaultTypeOf(column.default, storedType(column.type, catalog)),
    identity: column.identity,
    generated: column.generated,
    reads: column.generatedBy?.columns ?? [],
    needs: needsOfValue(column.generatedBy ?? column.default, catalog),
    born: undefined,
    local: true,
    emptySince: undefined,
  };
}

/** What is in quotes is made the column's type at once. That of a serial column is of nextval(). */
export function defaultTypeOf(value: Expression | undefined, type: ColumnType): ColumnType | undefined {
  return value?.gives === 'string' ? type : value?.gives;
}

/** The same column with another default. */
export function withDefault(column: Column, value: Expression, catalog: Catalog): Column {
  const hasDefault = isStoredDefault(value, column.type, catalog);
  return { ...column, hasDefault, defaultType: defaultTypeOf(value, column.type), needs: hasDefault ? needsOfValue(value, catalog) : noNeeds };
}

export function withoutDefault(column: Column): Column {
  return { ...column, hasDefault: false, defaultType: undefined, needs: noNeeds };
}

export function needsOfValue(value: Expression | undefined, catalog: Catalog): Needs {
  return value ? needsOfMentions(value.mentions, catalog) : noNeeds;
}

/**
 * NULL as it stands is no default; cut to a length or checked by a domain, it is an expression. An interval is read with its fields at
 * once. Sources: AddRelationNewConstraints() in src/backend/catalog/heap.c, coerce_type() in src/backend/parser/parse_coerce.c.
 */
export function isStoredDefault(value: Expression | undefined, type: ColumnType, catalog: Catalog): boolean {
  if (value === undefined) return false;
  const isCut = type.modifiers.length > 0 && (type.isArray || type.name.name !== 'interval');
  return !value.isNull || isCut || (!type.isArray && catalog.type(type.name)?.kind === 'domain');
}

/** `serial` is no type; what history has made keeps its schema, whatever the search path will be: the row of a table is a type, too. */
export function storedType(type: ColumnType, catalog: Catalog): ColumnType {
  const known = type.name.schema === undefined ? (catalog.knownType(type.name.name) ?? rowType(type, catalog)) : undefined;
  if (known) return { ...type, name: known };
  return isSerial(type) ? { ...type, name: { schema: undefined, name: serialBases[type.name.name] ?? 'int4' } } : type;
}

/** That of a table or view, which has its name. */
function rowType({ name }: ColumnType, catalog: Catalog): QualifiedName | undefined {
  const relation = isBuiltinType(name.name, 18) ? 'absent' : catalog.find(name);
  return typeof relation === 'string' || relation.kind === 'sequence' ? undefined : relation.name;
}

const serialBases: Readonly<Record<string, string>> = {
  smallserial: 'int2',
  serial2: 'int2',
  bigserial: 'int8',
  serial8: 'int8',
};
