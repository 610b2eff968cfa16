// What CREATE TABLE … (LIKE …) copies from another table.

import type { Catalog } from '../model/catalog.ts';
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
    columns: new Map([...own.slice(0, behind), ...columns, ...own.slice(behind)]),
    constraints: [...source.constraints.filter(isCopied).map(copiedConstraint), ...table.constraints],
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

/** No row can break it: NOT VALID is not copied. */
function copiedConstraint(one: TableConstraint): TableConstraint {
  return { ...one, local: true, valid: one.enforced };
}

/** All get names that PostgreSQL makes up; keys are constraints here too. */
function withIndexes(table: Relation, source: Relation, catalog: Catalog): Relation {
  return source.indexes.reduce((next, index) => {
    const key = keyOf(source, index);
    return withPart(next, copyIndex(index, key, next, catalog), key, catalog);
  }, table);
}
