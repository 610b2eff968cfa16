// What CREATE TABLE … (LIKE …) copies from another table.

import type { Catalog, Column, Relation } from '../model/catalog.ts';
import type { LikeClause, LikePart } from '../model/changes/table-changes.ts';
import { indexName, keyName } from './constraint-names.ts';

/** Before the table's own columns; where the other table is not known, the new one is not complete. */
export function copyLike(catalog: Catalog, table: Relation, { table: like, including }: LikeClause): Relation {
  const source = catalog.find(like);
  if (source === 'absent' || source === 'unknown') return { ...table, complete: false };
  const columns = [...source.columns].map(([name, column]) => [name, copiedColumn(column, including)] as const);
  const checks = including.includes('constraints') ? source.constraints.filter(({ type }) => type === 'check') : [];
  const copied: Relation = {
    ...table,
    complete: table.complete && source.complete,
    columns: new Map([...columns, ...table.columns]),
    constraints: [...checks, ...table.constraints],
  };
  return including.includes('indexes') ? withIndexes(copied, source) : copied;
}

function copiedColumn(column: Column, including: readonly LikePart[]): Column {
  return {
    ...column,
    hasDefault: column.hasDefault && including.includes('defaults'),
    identity: column.identity && including.includes('identity'),
    generated: including.includes('generated') ? column.generated : undefined,
    born: undefined,
    emptySince: undefined,
  };
}

/** All get names that PostgreSQL makes up; keys are constraints here too. */
function withIndexes(table: Relation, source: Relation): Relation {
  return source.indexes.reduce((next, index) => {
    const key = source.constraints.find(({ name }) => name === index.name);
    const isKey = key?.type === 'unique' || key?.type === 'primary-key' || key?.type === 'exclusion';
    if (!isKey) return { ...next, indexes: [...next.indexes, { ...index, name: indexName(index, next) }] };
    const name = keyName(key.type, index, next);
    return { ...next, indexes: [...next.indexes, { ...index, name }], constraints: [...next.constraints, { ...key, name }] };
  }, table);
}
