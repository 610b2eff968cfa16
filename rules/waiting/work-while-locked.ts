// Rows are worked on while an earlier statement of the transaction still keeps others out of a table.

import {
  assumptionOf,
  goesThroughTable,
  list,
  listSome,
  overMigration,
  printName,
  tableWord,
  transactionOf,
  writtenRunsOf,
  type Catalog,
  type Effect,
  type Statement,
  type Step,
  type Timeline,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'work-while-locked',
  category: 'waiting',
  summary: 'Rows are read or written while an earlier statement of the transaction keeps a table locked',
  hazard: 'A lock is held until its transaction ends: whoever needs the table waits for all of the work',
  remedy: 'Commit the change of the schema first, and move the rows in a migration of its own, in batches',
  severity: 'error',
  since: '0.1.0',
  isNet: true,
  *check(timeline) {
    for (const step of timeline.steps) {
      if (!step.session.locks.hasStrong || !isLongWork(step)) continue;
      const message = `${whatIsHeld(step, timeline)} while ${whatIsDone(step)}`;
      yield { step, message, once: String(transactionOf(step)) };
    }
  },
});

/** What blocks others by itself is said by the rules that know the better way. */
function isLongWork(step: Step): boolean {
  const { statement, before, acts, effects } = step;
  if (effects.some(({ relation, work, lock }) => before.isLive(relation) && work.includes('scan') && lock === 'SHARE UPDATE EXCLUSIVE'))
    return true;
  return movesRows(statement, before) || acts.some(({ change }) => copiesRows(change, before));
}

function movesRows(statement: Statement, before: Catalog): boolean {
  return writtenRunsOf(statement).some((run) => run.kind === 'data' && run.actions.some((action) => goesThroughTable(action, before)));
}

/** CREATE TABLE … AS, CREATE MATERIALIZED VIEW. */
function copiesRows(change: Step['acts'][number]['change'], before: Catalog): boolean {
  const isCopy = change.kind === 'create-table' || change.kind === 'create-materialized-view';
  return isCopy && change.query !== undefined && change.query.sources.some(({ relation }) => before.isLive(relation));
}

function whatIsHeld(step: Step, { source, links }: Timeline): string {
  const held = [...step.session.locks.strong()];
  const readers = held.filter(({ mode }) => mode === 'ACCESS EXCLUSIVE');
  const gravest = readers.length > 0 ? readers : held;
  const tables = listSome(gravest.map(({ relation, isIndex }) => tableWord(relation, isIndex)));
  const [first] = gravest;
  const taker = first && links.at(first.since);
  const since = taker ? ` (locked on line ${source.positionOf(taker.statement.span.start).line})` : '';
  return `${readers.length > 0 ? 'Reads and writes of' : 'Writes to'} ${tables}${since} wait`;
}

function whatIsDone({ statement, effects, before }: Step): string {
  const isWorked = (effect: Effect): boolean => effect.work.length > 0 && before.isLive(effect.relation) && assumptionOf(effect)?.kind !== 'referencing-rows';
  const worked = effects.filter(isWorked).map(({ relation }) => printName(relation));
  return worked.length === 0 ? `this ${statement.command} runs` : `this ${statement.command} goes through the rows of ${list(worked)}`;
}
