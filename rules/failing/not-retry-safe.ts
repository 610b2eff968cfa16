// A statement that was committed, and can't be run again when a later one has given up.

import { failsAgain, mayGiveUp, overMigration, printDuration, printName, timeoutInForce, transactionOf, type Act, type Catalog, type RelationName, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'not-retry-safe',
  category: 'failing',
  summary: 'A statement is committed on its own that fails when the file is run again',
  hazard: 'If a later statement gives up at its lock_timeout, the next run of the file stops here',
  remedy: 'Write IF NOT EXISTS or IF EXISTS, or move what comes behind it to a file of its own',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps, source, isRunKnown, links }) {
    if (!isRunKnown && !links.saysHowItIsRun) return;
    const undone = undoneTransactions(steps);
    const waitingBehind = waiters(steps);
    const dropped = new Set<string>();
    for (const step of steps) {
      for (const name of optionallyDropped(step)) dropped.add(name);
      const isCommitted = step.session.transaction === undefined || !undone.has(transactionOf(step));
      const fails = isCommitted && step.refusals.length === 0 && step.acts.some((act) => act.reached === 'always' && failsAgain(act.change) && !isMadeAnew(act, dropped));
      const waiting = fails ? waitingBehind(step) : undefined;
      if (waiting === undefined) continue;
      const { line } = source.positionOf(waiting.statement.span.start);
      const timeout = timeoutInForce(waiting.session, 'lock_timeout');
      const limit = typeof timeout === 'number' ? ` of ${printDuration(timeout)}` : '';
      yield {
        step,
        message: `This is committed by then: if line ${line} gives up at its lock_timeout${limit}, running the file again fails here`,
        once: '',
      };
    }
  },
});

/** What a ROLLBACK undoes can be run again. */
function undoneTransactions(steps: readonly Step[]): ReadonlySet<number> {
  const isUndone = ({ statement }: Step): boolean => statement.kind === 'transaction' && statement.action.kind === 'rollback';
  return new Set(steps.filter(isUndone).map(transactionOf));
}

/** The first statement behind the transaction of another one that may give up. The steps must be asked for in their order. */
function waiters(steps: readonly Step[]): (step: Step) => Step | undefined {
  const ends = new Map(steps.map((step, index) => [transactionOf(step), index]));
  let next = 0;
  return (step) => {
    next = Math.max(next, (ends.get(transactionOf(step)) ?? 0) + 1);
    for (let later = steps[next]; later !== undefined && !mayGiveUp(later); later = steps[next]) next += 1;
    return steps[next];
  };
}

/** `DROP INDEX CONCURRENTLY IF EXISTS`, and then CREATE INDEX; or the same of a constraint, which one ALTER TABLE may do. */
function isMadeAnew({ change, before }: Act, dropped: ReadonlySet<string>): boolean {
  if (change.kind === 'add-constraint') return change.constraint.name !== undefined && dropped.has(ofTable(change.table, change.constraint.name, before));
  if (change.kind !== 'create-index' || change.index.name === undefined) return false;
  return dropped.has(printName({ schema: before.qualify(change.table).schema, name: change.index.name }));
}

function optionallyDropped({ acts }: Step): string[] {
  return acts.flatMap(({ change, before }) => {
    if (change.kind === 'drop-constraint' && change.ifExists) return [ofTable(change.table, change.constraint, before)];
    return change.kind === 'drop-index' && change.ifExists ? [printName(before.qualifyIndex(change.index))] : [];
  });
}

function ofTable(table: RelationName, constraint: string, before: Catalog): string {
  return `${constraint} of ${printName(before.qualify(table))}`;
}
