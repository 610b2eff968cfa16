// DROP TABLE of a table that running code may use.

import {
  columnsLost,
  isView,
  list,
  listSome,
  outcomeOf,
  overMigration,
  printName,
  rowsBehind,
  type Act,
  type Catalog,
  type ChangeOf,
  type PlacedAct,
  type Relation,
  type Remark,
  type Step,
  type Timeline,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'dropped-table',
  category: 'compatibility',
  summary: 'An existing table is dropped',
  hazard: 'Running code that still uses the table fails, and its rows are lost',
  remedy: 'First deploy code that does not use it; drop it in a later migration, with a backup of what is in it',
  severity: 'warning',
  since: '0.1.0',
  *check(timeline) {
    for (const step of timeline.steps) {
      const gone = tablesWith('gone', step, timeline);
      const emptied = tablesWith('emptied', step, timeline);
      if (gone.length > 0)
        yield { step, message: `Running code that still uses ${listSome(gone)} fails until it is deployed anew, and ${gone.length > 1 ? 'their' : 'its'} rows are lost` };
      if (emptied.length > 0)
        yield {
          step,
          message: `All rows of ${listSome(emptied)} are lost: the table is dropped and made anew`,
          help: 'Alter the table as it is; or make the new one under another name, and copy the rows',
        };
      yield* replaced(step, timeline);
    }
  },
});

function tablesWith(fate: Fate, step: Step, timeline: Timeline): string[] {
  return step.acts.flatMap((act) => {
    const { change, before } = act;
    if (change.kind !== 'drop-table' || !isUsed(change, act)) return [];
    return fateOf(change, { step, ...act }, timeline) === fate ? [printName(before.qualify(change.table))] : [];
  });
}

/** What is read through a partitioned table does not know its partitions by name. */
function isUsed({ table, ifExists }: ChangeOf<'drop-table'>, { before }: Act): boolean {
  const relation = before.find(table);
  const isPartition = typeof relation !== 'string' && relation.partitionOf !== undefined;
  return before.isLive(table) && !before.isAbsent(table, ifExists) && !isPartition;
}

/** A view keeps the name, and no rows. */
function* replaced(step: Step, timeline: Timeline): Generator<Remark> {
  for (const act of step.acts) {
    const { change, before } = act;
    if (change.kind !== 'drop-table' || !isUsed(change, act) || fateOf(change, { step, ...act }, timeline) !== 'replaced') continue;
    const name = before.qualify(change.table);
    const outcome = outcomeOf({ step, ...act }, timeline);
    const view = outcome.find(name);
    const rows = typeof view === 'string' ? 'none' : rowsBehind(view, name, step, timeline);
    const lost = columnsLost(name, before, outcome, timeline);
    const help = 'Rename the table, and make the view over it; or copy its rows first to where the view reads them';
    const table = printName(name);
    if (lost.length > 0) yield { step, message: `Running code that still uses ${list(lost)} of ${table} fails: the view that has its name now lacks ${lost.length > 1 ? 'them' : 'it'}` };
    if (rows === 'none') yield { step, message: `All rows of ${table} are lost: the view that has its name now reads none of them`, help };
    if (rows === 'perhaps') yield { step, message: `The rows of ${table} are lost, unless they were copied to where the view reads that has its name now`, help, atMost: 'info' };
  }
}

type Fate = 'gone' | 'emptied' | 'replaced' | 'kept';

/** What is under its name when the transaction ends: another table takes its place, a view does, or nothing. */
function fateOf({ table }: ChangeOf<'drop-table'>, act: PlacedAct, timeline: Timeline): Fate {
  const { before } = act;
  const name = before.qualify(table);
  const outcome = outcomeOf(act, timeline);
  const now = outcome.find(name);
  if (typeof now === 'string' || isOnlySupposed(now, act, outcome)) return 'gone';
  if (isView(now)) return 'replaced';
  return outcome.isEmpty(name) ? 'emptied' : 'kept';
}

/** A statement uses it behind what was not read, which must have made it, or brought another of its name. */
function isOnlySupposed({ name, born }: Relation, { before }: PlacedAct, outcome: Catalog): boolean {
  return born === undefined && outcome.isDoubted(name, before.parts.moment);
}
