// Indexes that another one makes superfluous.

import { catalogBehind, overMigration, printName, type Index } from '../../src/rule/index.ts';

export default overMigration({
  id: 'redundant-index',
  category: 'schema',
  summary: 'An index does nothing that another index of the table does not do',
  hazard: 'Each write maintains both, and both take space in memory',
  remedy: 'Leave the shorter one out, or drop it with DROP INDEX CONCURRENTLY',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    const end = catalogBehind(timeline);
    for (const { change, step, before, after } of timeline.acts.get('create-index') ?? []) {
      if (change.kind !== 'create-index' || end === undefined) continue;
      const table = end.find(before.qualify(change.table));
      const known = before.find(change.table);
      const old = new Set(typeof known === 'string' ? [] : known.indexes.map(({ name }) => name));
      const made = newIndexOf(after.find(change.table), old);
      if (typeof table === 'string' || made === undefined || !table.indexes.some(({ name }) => name === made.name)) continue;
      const keys = new Set(table.constraints.map(({ name }) => name));
      for (const other of table.indexes) {
        if (other.name === made.name) continue;
        const isSuperfluous = covers(other, made) && (!covers(made, other) || !isOlder(made, other, old));
        const makesSuperfluous = old.has(other.name) && !keys.has(other.name) && covers(made, other) && !covers(other, made);
        const name = printName(table.name);
        if (isSuperfluous) yield { step, span: change.span, message: `${other.name} of ${name} does all that ${made.name} does` };
        else if (makesSuperfluous) yield { step, span: change.span, message: `${made.name} does all that ${other.name} of ${name} does: drop that one` };
        else continue;
        break;
      }
    }
  },
});

function newIndexOf(table: { readonly indexes: readonly Index[] } | string, old: ReadonlySet<string | undefined>): Index | undefined {
  return typeof table === 'string' ? undefined : table.indexes.find(({ name }) => !old.has(name));
}

/** Of two that are alike, the later one is superfluous. */
function isOlder(made: Index, other: Index, old: ReadonlySet<string | undefined>): boolean {
  return !old.has(other.name) && made.name !== other.name;
}

/** A unique index is there for what it forbids; what is stored beside the key is there for reading the index alone. */
function covers(wide: Index, narrow: Index): boolean {
  const areSimple = [wide, narrow].every(({ plain, expressions, predicate }) => plain && expressions.length === 0 && predicate === undefined);
  if (!areSimple || wide.method !== narrow.method || narrow.included.some((column) => !wide.included.includes(column))) return false;
  const isSame = String(wide.columns) === String(narrow.columns);
  if (narrow.unique || wide.method !== 'btree') return isSame && (wide.unique || !narrow.unique);
  return narrow.columns.every((column, place) => wide.columns[place] === column);
}
