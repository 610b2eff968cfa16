// BEGIN and COMMIT inside a transaction that is open already.

import { overMigration, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'nested-transaction',
  category: 'waiting',
  summary: 'A file says BEGIN or COMMIT inside a transaction that is open already',
  hazard: 'PostgreSQL knows no nested transactions: the first COMMIT ends the outer one, and what follows runs without it',
  remedy: 'Leave the transaction to the tool that runs the file, or tell the tool to open none for it',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const { transaction } = step.session;
      if (transaction === undefined || transaction.openedBy === 'batch') continue;
      if (transaction.leaving?.isByCommit && isCommit(step)) continue;
      const message = wordsFor(step, transaction.openedBy === 'runner');
      if (message === undefined) continue;
      const once = String(transaction.since);
      yield { step, message, once, ...(transaction.openedBy === 'runner' ? {} : { help: 'Remove it, or COMMIT before it' }) };
    }
  },
});

/** The way out of a transaction that has no other. */
function isCommit({ statement }: Step): boolean {
  return statement.kind === 'transaction' && statement.action.kind === 'commit';
}

function wordsFor({ statement }: Step, isRunners: boolean): string | undefined {
  if (statement.kind !== 'transaction') return undefined;
  const { action } = statement;
  if (action.kind === 'begin') {
    return isRunners
      ? 'The tool that runs this file has opened a transaction: BEGIN does nothing, and the next COMMIT ends the tool’s own'
      : 'A transaction is open already: BEGIN does nothing, and the next COMMIT ends both';
  }
  const isEnd = action.kind === 'commit' || action.kind === 'rollback' || action.kind === 'prepare';
  return isEnd && isRunners
    ? `${statement.command} ends the transaction of the tool that runs this file: what follows is not undone when it fails`
    : undefined;
}
