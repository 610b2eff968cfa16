// Foreign keys whose columns no index begins with.

import { addedKeys, overMigration, printName, type AddedKey, type Index } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unindexed-foreign-key',
  category: 'schema',
  summary: 'No index begins with the columns of a foreign key',
  hazard: 'Each DELETE, and each UPDATE of the key, in the referenced table reads all rows of the referencing one',
  remedy: 'Create an index that begins with the columns of the foreign key; on a table in use CONCURRENTLY',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    for (const added of addedKeys(timeline)) {
      const { key, table, span, act } = added;
      if (!isKnown(added) || table.indexes.some((index) => serves(index, key.columns))) continue;
      const message = `No index of ${printName(table.name)} begins with ${key.columns.join(', ')}: a DELETE in ${printName(key.references)} reads all of it`;
      yield { step: act.step, span, message };
    }
  },
});

/** Are all indexes of the table in sight, or is the column so new that there can't be others? */
function isKnown({ table, act: { change } }: AddedKey): boolean {
  return table.complete || (change.kind === 'add-column' && !change.ifNotExists);
}

/** In any order; an index of all rows that have the key is enough. */
function serves({ method, columns, expressions, predicate }: Index, key: readonly string[]): boolean {
  if (method !== 'btree' && method !== 'hash') return false;
  const covers = key.every((column) => columns.slice(0, key.length).includes(column));
  const isWhole = predicate === undefined || (predicate.columns.every((column) => key.includes(column)) && predicate.provesNotNull.length > 0);
  return covers && expressions.length === 0 && isWhole;
}
