// CONCURRENTLY, and whatever else PostgreSQL refuses in a transaction block, where there is one.

import { leavingIn, overMigration, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'concurrently-in-transaction',
  category: 'failing',
  summary: 'A statement that PostgreSQL refuses in a transaction, such as CREATE INDEX CONCURRENTLY, stands in one',
  hazard: 'The migration fails with "cannot run inside a transaction block"',
  remedy: 'Take it out of the transaction, into a migration that runs without one',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      if (step.transaction !== 'forbidden' || step.session.transaction === undefined) continue;
      const ofTimescale = timescaleIn(step);
      yield { step, message: ofTimescale === undefined ? `PostgreSQL refuses ${nameOf(step)} inside a transaction` : `TimescaleDB refuses ${ofTimescale} inside a transaction`, help: helpFor(step) };
    }
  },
});

/** What an extension refuses, PostgreSQL would not. */
function timescaleIn({ statement }: Step): string | undefined {
  if (statement.command === 'CALL') return 'CALL refresh_continuous_aggregate()';
  if (statement.kind !== 'schema') return undefined;
  if (statement.changes.some((change) => change.kind === 'create-index' && change.perChunk)) return 'an index WITH (timescaledb.transaction_per_chunk)';
  const isAggregate = statement.changes.some((change) => change.kind === 'manage-table' && typeof change.management !== 'string' && change.management.kind === 'continuous-aggregate');
  return isAggregate ? 'a continuous aggregate with its data' : undefined;
}

function nameOf({ statement }: Step): string {
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
