// Indexes that another one makes superfluous.

import { catalogBehind, overMigration, printName, type Index, type Relation } from '../../src/rule/index.ts';

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
      const old = before.find(change.table);
      const made = newIndexOf(old, after.find(change.table));
      if (typeof table === 'string' || made === undefined || !table.indexes.has(made.name)) continue;
            for (const other of table.indexes) {
        if (other.name === made.name) continue;
        const isSuperfluous = covers(other, made) && (!covers(made, other) || !isOlder(made, other, old));
        const makesSuperfluous = hadIndex(old, other) && !table.constraints.has(other.name) && covers(made, other) && !covers(other, made);
        const name = printName(table.name);
        if (isSuperfluous) yield { step, span: change.span, message: `${other.name} of ${name} does all that ${made.name} does` };
        else if (makesSuperfluous) yield { step, span: change.span, message: `${made.name} does all that ${other.name} of ${name} does: drop that one` };
        else continue;
        break;
      }
    }
  },
});

type Table = Relation | 'absent' | 'unknown';

function newIndexOf(before: Table, after: Table): Index | undefined {
  if (typeof after === 'string') return undefined;
  return typeof before === 'string' ? after.indexes.find(() => true) : after.indexes.since(before.indexes)[0];
}

function hadIndex(table: Table, { name }: Index): boolean {
  return typeof table !== 'string' && table.indexes.has(name);
}

/** Of two that are alike, the later one is superfluous. */
function isOlder(made: Index, other: Index, old: Table): boolean {
  return !hadIndex(old, other) && made.name !== other.name;
}

/** A unique index is there for what it forbids; what is stored beside the key is there for reading the index alone. */
function covers(wide: Index, narrow: Index): boolean {
  const areSimple = [wide, narrow].every(({ plain, expressions, predicate }) => plain && expressions.length === 0 && predicate === undefined);
  if (!areSimple || wide.method !== narrow.method || narrow.included.some((column) => !wide.included.includes(column))) return false;
  const isSame = String(wide.columns) === String(narrow.columns);
  if (narrow.unique || wide.method !== 'btree') return isSame && (wide.unique || !narrow.unique);
  return narrow.columns.every((column, place) => wide.columns[place] === column);
}
