// What CREATE TABLE … (LIKE …) copies from another table.

import type { Catalog } from '../model/catalog.ts';
import { noNeeds } from '../model/dependencies/needs.ts';
import { NamedList } from '../model/named-list.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import type { LikeClause, LikePart } from '../model/changes/table-changes.ts';
import { MOST_COLUMNS } from './most-columns.ts';
import { keyOf } from '../model/alike-indexes.ts';
import { copyIndex, withPart } from './partition-indexes.ts';

/** Where the other table is not known, the new one is not complete. `clauses`: in the order of the text. */
export function copyLike(catalog: Catalog, table: Relation, clauses: readonly LikeClause[]): Relation {
  if (clauses.length === 0) return table;
  const copies = fitting(clauses, catalog).map((clause) => copyOf(clause, catalog));
  const copied: Relation = {
    ...table,
    complete: table.complete && copies.every(({ source }) => source?.complete === true),
    columns: OrderedMap.of(columnsBetween([...table.columns], copies)),
    constraints: NamedList.of([...copies.flatMap(({ constraints }) => constraints), ...table.constraints]),
  };
  return copies.reduceRight((next, { clause, source }) => (source && clause.including.includes('indexes') ? withIndexes(next, source, catalog) : next), copied);
}

/** PostgreSQL refuses a table that gets too many columns. */
function fitting(clauses: readonly LikeClause[], catalog: Catalog): readonly LikeClause[] {
  let count = 0;
  const end = clauses.findIndex(({ table }) => {
    const source = catalog.find(table);
    count += typeof source === 'string' ? 0 : source.columns.size;
    return count > MOST_COLUMNS;
  });
  return end < 0 ? clauses : clauses.slice(0, end);
}

/** What a clause brings; without `source`, nobody knows. */
interface Copy {
  readonly clause: LikeClause;
  readonly source: Relation | undefined;
  readonly columns: readonly (readonly [string, Column])[];
  readonly constraints: readonly TableConstraint[];
}

function copyOf(clause: LikeClause, catalog: Catalog): Copy {
  const source = catalog.find(clause.table);
  if (typeof source === 'string') return { clause, source: undefined, columns: [], constraints: [] };
  const { including } = clause;
  const isCopied = ({ type }: TableConstraint): boolean => type === 'not-null' || (type === 'check' && including.includes('constraints'));
  return {
    clause,
    source,
    columns: [...source.columns].map(([name, column]) => [name, copiedColumn(column, including)] as const),
    constraints: source.constraints.filter(isCopied).map(copiedConstraint),
  };
}

/** Columns that are copied stand where their clause does. */
function columnsBetween(own: Copy['columns'], copies: readonly Copy[]): Copy['columns'] {
  const all: (readonly [string, Column])[] = [];
  let at = 0;
  for (const { clause, columns } of copies) {
    all.push(...own.slice(at, clause.behind), ...columns);
    at = Math.max(at, clause.behind);
  }
  return [...all, ...own.slice(at)];
}

function copiedColumn(column: Column, including: readonly LikePart[]): Column {
  const isValueCopied = including.includes(column.generated ? 'generated' : 'defaults');
  return {
    ...column,
    hasDefault: column.hasDefault && including.includes('defaults'),
    defaultType: including.includes('defaults') ? column.defaultType : undefined,
    identity: column.identity && including.includes('identity'),
    generated: including.includes('generated') ? column.generated : undefined,
    reads: isValueCopied ? column.reads : [],
    needs: isValueCopied ? column.needs : noNeeds,
    born: undefined,
    local: true,
    emptySince: undefined,
  };
}

/** No row can break it: NOT VALID is not copied. */
function copiedConstraint(one: TableConstraint): TableConstraint {
  return { ...one, local: true, valid: one.enforced };
}

/** All get names that PostgreSQL makes up; keys are constraints here too. */
function withIndexes(table: Relation, source: Relation, catalog: Catalog): Relation {
  return source.indexes.values().reduce((next, index) => {
    const key = keyOf(source, index.name);
    return withPart(next, copyIndex(index, key, next, catalog), key, catalog);
  }, table);
}
