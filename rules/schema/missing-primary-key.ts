// Tables whose rows nothing tells apart.

import { catalogBehind, overMigration, printName, type Catalog, type Change, type Relation } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-primary-key',
  category: 'schema',
  summary: 'A table is left without a primary key',
  hazard: 'Logical replication refuses its UPDATEs and DELETEs, and a row that is there twice can’t be told from its twin',
  remedy: 'Give it a primary key, in the same migration',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    const end = catalogBehind(timeline);
    for (const act of [...(timeline.acts.get('create-table') ?? []), ...(timeline.acts.get('drop-constraint') ?? [])]) {
      const { change, step, before, after } = act;
      if (end === undefined || !('table' in change) || change.table === undefined) continue;
      const name = after.qualify(change.table);
      if (!takesAway(change, before, after) || !isWithoutKey(end.find(name), change)) continue;
      yield { step, span: change.span, message: `${printName(name)} has no primary key when the migration is done` };
    }
  },
});

/** Makes the table, or drops its key. */
function takesAway(change: Change, before: Catalog, after: Catalog): boolean {
  if (change.kind === 'create-table') {
    const made = after.find(change.table);
    return typeof made !== 'string' && made.born?.statement === after.parts.moment.statement;
  }
  if (change.kind !== 'drop-constraint') return false;
  const table = before.find(change.table);
  return typeof table !== 'string' && table.constraints.some(({ type, name }) => type === 'primary-key' && name === change.constraint);
}

/** A partition has the key of its table; what a query makes has none, whatever its columns are. */
function isWithoutKey(table: Relation | string, change: Change): boolean {
  if (typeof table === 'string' || table.persistence === 'temporary' || table.partitionOf) return false;
  const isTable = table.kind === 'table' || table.kind === 'partitioned-table';
  const isInSight = table.complete || (change.kind === 'create-table' && change.query !== undefined);
  return isTable && isInSight && !table.constraints.some(({ type }) => type === 'primary-key');
}
