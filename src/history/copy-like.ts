// What CREATE TABLE … (LIKE …) copies from another table.

import type { Catalog } from '../model/catalog.ts';
import { NamedList } from '../model/named-list.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import type { LikeClause, LikePart } from '../model/changes/table-changes.ts';
import { copyIndex, keyOf, withPart } from './partition-indexes.ts';

/** Where the other table is not known, the new one is not complete. */
export function copyLike(catalog: Catalog, table: Relation, { table: like, including, behind }: LikeClause): Relation {
  const source = catalog.find(like);
  if (source === 'absent' || source === 'unknown') return { ...table, complete: false };
  const columns = [...source.columns].map(([name, column]) => [name, copiedColumn(column, including)] as const);
  const own = [...table.columns];
  const isCopied = ({ type }: TableConstraint): boolean => type === 'not-null' || (type === 'check' && including.includes('constraints'));
  const copied: Relation = {
    ...table,
    complete: table.complete && source.complete,
    columns: OrderedMap.of([...own.slice(0, behind), ...columns, ...own.slice(behind)]),
    constraints: NamedList.of([...source.constraints.filter(isCopied).map((one) => ({ ...one, local: true })), ...table.constraints]),
  };
  return including.includes('indexes') ? withIndexes(copied, source, catalog) : copied;
}

function copiedColumn(column: Column, including: readonly LikePart[]): Column {
  return {
    ...column,
    hasDefault: column.hasDefault && including.includes('defaults'),
    identity: column.identity && including.includes('identity'),
    generated: including.includes('generated') ? column.generated : undefined,
    born: undefined,
    local: true,
    emptySince: undefined,
  };
}

/** All get names that PostgreSQL makes up; keys are constraints here too. */
function withIndexes(table: Relation, source: Relation, catalog: Catalog): Relation {
  return source.indexes.values().reduce((next, index) => {
    const key = keyOf(source, index);
    return withPart(next, copyIndex(index, key, next, catalog), key, catalog);
  }, table);
}
