// A BEGIN that no COMMIT follows.

import { overMigration, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'uncommitted-transaction',
  category: 'waiting',
  summary: 'A file opens a transaction and does not end it',
  hazard: 'PostgreSQL undoes all of it when the connection closes; until then its locks are held',
  remedy: 'End the file with COMMIT',
  severity: 'error',
  since: '0.1.0',
  *check({ steps, ending }) {
    if (ending?.transaction?.openedBy !== 'statement') return;
    const step = steps.findLast(opens);
    if (step) yield { step, message: `The transaction that ${step.statement.command} opens here is never committed` };
  },
});

/** BEGIN, or COMMIT AND CHAIN. */
function opens({ statement }: Step): boolean {
  if (statement.kind !== 'transaction') return false;
  const { action } = statement;
  return action.kind === 'begin' || ((action.kind === 'commit' || action.kind === 'rollback') && action.chain);
}
