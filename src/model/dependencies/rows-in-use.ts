// Columns that hold whole rows of a table, whose form can't change then. Source: ATRewriteTables(), ATPrepAlterColumnType() and
// find_composite_type_dependencies() in src/backend/commands/tablecmds.c.

import type { Catalog } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { isSameName, printName, type QualifiedName } from '../names.ts';
import type { Phase } from '../refusal.ts';
import type { Relation } from '../relation.ts';
import type { Act } from '../timeline.ts';
import { isRelationCertain } from './certain.ts';
import { holdersOfRows } from './dependents.ts';
import type { PartOf } from './part.ts';

export interface RowsInUse {
  /** What can't be done, in words: `change the type of public.orders.total`. */
  readonly what: string;
  readonly columns: readonly PartOf<'column'>[];
  /** Tables that have rows of their own are looked at when all else is done. */
  readonly phase: Phase;
  /** Where it is not the one that the change names: one below it. */
  readonly table: QualifiedName | undefined;
}

/** The first table of those that the change is made to; none where all can have it. */
export function rowsInUse({ change, before, after }: Act): RowsInUse[] {
  switch (change.kind) {
    case 'alter-column-type':
      return inTree(`change the type of ${printName(before.qualify(change.table))}.${change.column}`, change, before, () => true);
    case 'add-column':
      return isFilled(change, before, after) ? inTree(`add ${change.column.name} to ${printName(before.qualify(change.table))}, with a value`, change, before, isStored) : [];
    case 'set-persistence': {
      const own = before.find(change.table);
      const isOther = typeof own !== 'string' && own.persistence !== change.persistence;
      return isOther ? inTree(`make ${printName(own.name)} ${change.persistence === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`, { table: change.table, only: true }, before, isStored) : [];
    }
    default:
      return [];
  }
}

/** Rows that are there get a value, be it by a default that no row stores. */
function isFilled({ table, column }: ChangeOf<'add-column'>, before: Catalog, after: Catalog): boolean {
  const made = after.column(table, column.name);
  return before.column(table, column.name) === 'absent' && typeof made !== 'string' && (made.hasDefault || made.identity || made.generated !== undefined);
}

function isStored({ kind }: Relation): boolean {
  return kind === 'table';
}

function inTree(what: string, { table, only }: { readonly table: ChangeOf<'add-column'>['table']; readonly only: boolean }, catalog: Catalog, isMeant: (relation: Relation) => boolean): RowsInUse[] {
  const own = catalog.find(table);
  if (typeof own === 'string' || !isRelationCertain(own.name, catalog)) return [];
  for (const one of [own, ...(only ? [] : catalog.descendants(own.name))]) {
    const columns = isMeant(one) ? columnsHolding(one, catalog) : [];
    if (columns.length === 0) continue;
    return [{ what, columns, phase: isStored(one) ? 'completion' : 'preparation', table: one === own ? undefined : one.name }];
  }
  return [];
}

/** Of tables and materialized views: a view holds nothing. */
function columnsHolding({ name }: Relation, catalog: Catalog): PartOf<'column'>[] {
  const holders = holdersOfRows(name, catalog).flatMap(({ part }) => (part.kind === 'column' ? [part.table] : part.kind === 'relation' ? [part.name] : []));
  const tables = holders.filter((holder, place) => holders.findIndex((other) => isSameName(other, holder)) === place);
  return tables.flatMap((table) => {
    const relation = catalog.find(table);
    if (typeof relation === 'string' || !holding.has(relation.kind) || !isRelationCertain(table, catalog)) return [];
    const columns = [...relation.columns.values()].filter(({ type }) => catalog.isMadeOf(type, name));
    return columns.map((column): PartOf<'column'> => ({ kind: 'column', table: relation.name, name: column.name }));
  });
}

const holding: ReadonlySet<Relation['kind']> = new Set<Relation['kind']>(['table', 'partitioned-table', 'materialized-view']);
