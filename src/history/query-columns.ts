// The columns that a query gives, followed to the tables that it reads.

import type { Catalog } from '../model/catalog.ts';
import { columnNames } from '../model/column-names.ts';
import { noNeeds } from '../model/dependencies/needs.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Query, QueryColumn } from '../model/query.ts';
import { storedType } from './stored-column.ts';

export type QueryOutput = Pick<Relation, 'columns' | 'complete' | 'mayHold' | 'gives'>;

export function outputOf({ columns, names, executes }: Query, catalog: Catalog): QueryOutput {
  const prepared = executes === undefined ? undefined : catalog.parts.prepared.get(executes);
  if (prepared && prepared.query !== 'unknown') return outputOf({ ...prepared.query, names }, catalog);
  const parts = columns === 'unknown' ? ['unknown' as const] : columns.flatMap((column) => follow(column, catalog));
  if (parts.includes('unknown')) return { columns: OrderedMap.empty(), complete: false, mayHold: parts.flatMap(passedTypes), gives: 'unknown' };
  const found = parts.flatMap((part, index) => {
    if (part === 'unknown' || part.column === undefined) return [];
    const name = names[index] ?? part.column.name;
    return [[name, { ...part.column, name }] as const];
  });
  const gives = parts.map((part, index) => names[index] ?? (part === 'unknown' ? '' : part.name));
  return { columns: OrderedMap.of(found), complete: found.length === parts.length, mayHold: parts.flatMap(passedTypes), gives };
}

/** One column; without `column`, one of which not even the type is known. */
interface Output {
  readonly name: string;
  readonly column: Column | undefined;
  readonly mayBe: readonly ColumnType[];
}

function passedTypes(part: Output | 'unknown'): readonly ColumnType[] {
  return part === 'unknown' ? [] : part.mayBe;
}

function follow(column: QueryColumn, catalog: Catalog): (Output | 'unknown')[] {
  switch (column.kind) {
    case 'all': {
      const relation = catalog.find(column.from);
      const given = typeof relation === 'string' ? 'unknown' : columnNames(relation);
      if (typeof relation === 'string' || given === 'unknown') return ['unknown'];
      return given.map((name) => {
        const one = relation.columns.get(name);
        return { name, column: one && plain(one), mayBe: one ? [] : relation.mayHold };
      });
    }
    case 'column': {
      const found = columnsNamed(column, catalog)[0] ?? wholeRow(column, catalog);
      return [{ name: column.name, column: found && { ...plain(found), name: column.name }, mayBe: [] }];
    }
    case 'computed': {
      const types = column.mayBe.flatMap((one) => typesOf(one, catalog));
      return [{ name: column.name, column: column.type && { ...unnamed(storedType(column.type, catalog)), name: column.name }, mayBe: types }];
    }
  }
}

function typesOf(column: PlainColumn, catalog: Catalog): ColumnType[] {
  const whole = wholeRow(column, catalog);
  return [...columnsNamed(column, catalog), ...(whole ? [whole] : [])].map(({ type }) => type);
}

/** Of the type that a table gives its name to. */
function wholeRow({ column, from, row }: PlainColumn, catalog: Catalog): Column | undefined {
  const relation = row && catalog.find(row);
  if (relation === undefined || typeof relation === 'string' || from.some((name) => catalog.column(name, column) !== 'absent')) return undefined;
  return unnamed({ name: relation.name, modifiers: [], isArray: false });
}

type PlainColumn = Extract<QueryColumn, { readonly kind: 'column' }>;

function columnsNamed({ column, from }: PlainColumn, catalog: Catalog): Column[] {
  return from.flatMap((name) => {
    const found = catalog.column(name, column);
    return found === 'absent' || found === 'unknown' ? [] : [found];
  });
}

/** A query hands on names and types, and nothing else of a column. */
function plain({ name, type, collation }: Column): Column {
  return { ...unnamed(type), name, collation };
}

function unnamed(type: ColumnType): Column {
  return {
    name: '',
    type,
    collation: undefined,
    nullable: true,
    hasDefault: false,
    defaultType: undefined,
    identity: false,
    generated: undefined,
    reads: [],
    needs: noNeeds,
    born: undefined,
    local: true,
    emptySince: undefined,
  };
}
