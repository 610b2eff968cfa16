// CONCURRENTLY, and whatever else PostgreSQL refuses in a transaction block, where there is one.

import { leavingIn, overMigration, type RefusedRun, type Statement, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'concurrently-in-transaction',
  category: 'failing',
  summary: 'A statement that PostgreSQL refuses in a transaction, such as CREATE INDEX CONCURRENTLY, stands in one, or in code',
  hazard: 'The migration fails with "cannot run inside a transaction block"',
  remedy: 'Take it out of the transaction, into a migration that runs without one',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const [run] = step.refused.toSorted((left, right) => Number(left.reached === 'perhaps') - Number(right.reached === 'perhaps'));
      if (run) {
        yield { step, span: run.statement.span, message: messageFor(run), help: helpInCode(run) };
      } else if (step.transaction === 'forbidden' && step.session.transaction !== undefined) {
        yield { step, message: `${whatIsRefused(step.statement)} inside a transaction`, help: helpFor(step) };
      }
    }
  },
});

/** Code always stands in a transaction; only a procedure or a block that is run in none may end its own. */
function messageFor({ statement, isCaught }: RefusedRun): string {
  const where = statement.kind === 'transaction' ? 'in code that is a part of a transaction' : 'in a DO block or a function';
  if (isCaught) return `${nameOf(statement)} never happens here: PostgreSQL refuses it ${where}, and EXCEPTION hides the error`;
  return `${whatIsRefused(statement)} ${where}`;
}

function helpInCode({ statement }: RefusedRun): string {
  if (statement.kind === 'transaction') return 'Run the procedure or the DO block outside of a transaction, as the only statement that is sent; a function, and a block with EXCEPTION, never may end one';
  return 'Write it into a migration of its own, as a statement that stands alone and outside of a transaction';
}

function whatIsRefused(statement: Statement): string {
  const ofTimescale = timescaleIn(statement);
  return ofTimescale === undefined ? `PostgreSQL refuses ${nameOf(statement)}` : `TimescaleDB refuses ${ofTimescale}`;
}

/** What an extension refuses, PostgreSQL would not. */
function timescaleIn(statement: Statement): string | undefined {
  if (statement.command === 'CALL') return 'CALL refresh_continuous_aggregate()';
  if (statement.kind !== 'schema') return undefined;
  if (statement.changes.some((change) => change.kind === 'create-index' && change.perChunk)) return 'an index WITH (timescaledb.transaction_per_chunk)';
  const isAggregate = statement.changes.some((change) => change.kind === 'manage-table' && typeof change.management !== 'string' && change.management.kind === 'continuous-aggregate');
  return isAggregate ? 'a continuous aggregate with its data' : undefined;
}

function nameOf(statement: Statement): string {
  const isConcurrent =
    statement.kind === 'schema' && statement.changes.some((change) => 'concurrently' in change && change.concurrently);
  return isConcurrent ? `${statement.command} CONCURRENTLY` : statement.command;
}

function helpFor(step: Step): string {
  return helps[step.session.transaction?.openedBy ?? 'statement'](leavingIn(step));
}

type Opener = NonNullable<Step['session']['transaction']>['openedBy'];

const helps: Readonly<Record<Opener, (leaving: string) => string>> = {
  statement: () => 'COMMIT before it, or move it to a file of its own without BEGIN',
  runner: (leaving) =>
    `The tool that runs this file opens a transaction: move the statement to a file of its own that runs without one${leaving}`,
  batch: (leaving) =>
    `The tool sends the whole file at once, and PostgreSQL makes one transaction of it: move the statement to a file of its own${leaving}`,
};
