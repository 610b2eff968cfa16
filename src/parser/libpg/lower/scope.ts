// What a part of a query sees: the tables and queries of FROM, and those around it.

import type { ColumnRef, SelectStmt } from '@pgsql/types';
import type { RelationName } from '../../../model/names.ts';
import type { PersistentMap } from '../../../model/persistent-map.ts';
import type { Query, QuerySource } from '../../../model/query.ts';
import { stringOf } from './names.ts';

/** A table or view of some FROM, with what was found to be read of it. */
export interface Source {
  readonly relation: RelationName;
  readonly columns: Set<string>;
  readonly surely: Set<string>;
  all: QuerySource['all'];
}

export function sourceOf(relation: RelationName, all: QuerySource['all'] = 'no'): Source {
  return { relation, columns: new Set(), surely: new Set(), all };
}

export function readOf({ relation, columns, surely, all }: Source): QuerySource {
  return { relation, columns: [...columns], surely: [...surely], all };
}

export type Columns = Query['columns'];

/** What one FROM offers under one name: a table, or the columns of a query. */
export type Item = { readonly alias: string | undefined } & ({ readonly source: Source } | { readonly columns: Columns });

/** What a query of the text stands in. `named`: the queries of WITH. */
export interface Surroundings {
  readonly sources: Source[];
  readonly outer: Scope | undefined;
  readonly named: PersistentMap<Columns>;
  /** What queries give that were visited. */
  readonly given: Map<SelectStmt, Columns>;
}

export interface Scope extends Surroundings {
  readonly items: readonly Item[];
}

/**
 * `isOutputName`: a name alone may be that of a column of the result, as in ORDER BY. Else it is a column of the nearest FROM that has
 * one: where two tables of it do, PostgreSQL refuses the query.
 */
export function note(reference: ColumnRef, scope: Scope, isOutputName = false): void {
  const { table, column } = partsOf(reference);
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const items = here.items.filter(({ alias }) => table === undefined || alias === table);
    const isSure = table !== undefined || (here === scope && !isOutputName);
    for (const item of items) if ('source' in item) read(item.source, column, isSure);
    if (table !== undefined && items.length > 0) return;
    if (column === undefined) return;
  }
}

function read(source: Source, column: string | undefined, isSure: boolean): void {
  if (column === undefined) return;
  source.columns.add(column);
  if (isSure) source.surely.add(column);
}

/** `column` is undefined for `*`, which is the row as a whole where nothing takes it apart. */
export function partsOf({ fields = [] }: ColumnRef): { readonly table: string | undefined; readonly column: string | undefined } {
  const last = fields.at(-1);
  const isStar = last !== undefined && 'A_Star' in last;
  return { table: fields.length > 1 ? stringOf(fields.at(-2)) : undefined, column: isStar ? undefined : stringOf(last) };
}
