// A statement that was committed, and can't be run again when a later one has given up.

import { isSameName, overMigration, printDuration, timeoutInForce, transactionOf, type Act, type Change, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'not-retry-safe',
  category: 'failing',
  summary: 'A statement is committed on its own that fails when the file is run again',
  hazard: 'If a later statement gives up at its lock_timeout, the next run of the file stops here',
  remedy: 'Write IF NOT EXISTS or IF EXISTS, or move what comes behind it to a file of its own',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps, source, isRunKnown }) {
    if (!isRunKnown && !steps.some(saysHowItIsRun)) return;
    for (const [index, step] of steps.entries()) {
      if (!isCommitted(step, steps) || !step.acts.some((act) => failsAgain(act.change) && !isDroppedBefore(act, steps.slice(0, index)))) continue;
      const waiting = steps.slice(index + 1).find((later) => transactionOf(later) !== transactionOf(step) && mayGiveUp(later));
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

/** BEGIN, or what PostgreSQL refuses in a transaction. */
function saysHowItIsRun({ statement, transaction }: Step): boolean {
  return statement.kind === 'transaction' || transaction === 'forbidden';
}

/** What a ROLLBACK undoes can be run again. */
function isCommitted(step: Step, steps: readonly Step[]): boolean {
  if (step.session.transaction === undefined) return true;
  const end = steps.find(
    (later) => transactionOf(later) === transactionOf(step) && later.statement.kind === 'transaction' && later.statement.action.kind === 'rollback',
  );
  return end === undefined;
}

function mayGiveUp({ effects, session }: Step): boolean {
  return typeof timeoutInForce(session, 'lock_timeout') === 'number' && effects.some((effect) => !effect.new && gravely.has(effect.lock));
}

/** Locks that long transactions of others keep waiting. */
const gravely: ReadonlySet<string> = new Set(['SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']);

function failsAgain(change: Change): boolean {
  if (change.onlyIf !== undefined) return false;
  if ('ifNotExists' in change) return !change.ifNotExists;
  if ('ifExists' in change) return !change.ifExists;
  if ('replace' in change) return !change.replace;
  if (change.kind === 'add-constraint') return change.constraint.name !== undefined || change.constraint.type === 'primary-key';
  return unrepeatable.has(change.kind);
}

/** `DROP INDEX CONCURRENTLY IF EXISTS`, and then CREATE INDEX. */
function isDroppedBefore({ change, before }: Act, earlier: readonly Step[]): boolean {
  if (change.kind !== 'create-index' || change.index.name === undefined) return false;
  const name = { schema: before.qualify(change.table).schema, name: change.index.name };
  return earlier.some(({ acts }) =>
    acts.some((act) => act.change.kind === 'drop-index' && act.change.ifExists && isSameName(act.before.qualifyIndex(act.change.index), name)),
  );
}

const unrepeatable: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'rename-column',
  'rename-constraint',
  'rename-trigger',
  'rename-policy',
  'rename-enum-value',
  'create-enum',
  'create-composite',
  'create-domain',
  'create-policy',
  'attach-partition',
  'detach-partition',
]);
