// LOCK TABLE, SAVEPOINT and what else makes sense in a transaction alone, where there is none.

import { overMigration, type Session, type Statement } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-transaction',
  category: 'failing',
  summary: 'LOCK TABLE, SAVEPOINT or DECLARE CURSOR runs outside of a transaction',
  hazard: 'PostgreSQL refuses it: "can only be used in transaction blocks"',
  remedy: 'Write BEGIN before it, and COMMIT behind what belongs to it',
  severity: 'error',
  since: '0.1.0',
  *check({ steps, isRunKnown }) {
    const isShown = isRunKnown || steps.some(({ statement }) => statement.kind === 'transaction' && statement.action.kind === 'begin');
    for (const step of steps) {
      const { statement, session } = step;
      const name = nameOf(statement);
      if (name === undefined || isOpen(session, statement) || statement.isConditional) continue;
      const message = `PostgreSQL refuses ${name} outside of a transaction`;
      yield isShown ? { step, message } : { step, message: `${message}, and nothing here opens one`, atMost: 'warning' };
    }
  },
});

/** In what PostgreSQL makes of several statements that are sent together, a lock lasts until the last of them; there are no savepoints. */
function isOpen({ transaction }: Session, { kind }: Statement): boolean {
  return transaction !== undefined && (transaction.openedBy !== 'batch' || kind !== 'transaction');
}

function nameOf(statement: Statement): string | undefined {
  if (statement.kind === 'transaction') return savepoints[statement.action.kind];
  return statement.command === 'LOCK TABLE' || statement.command === 'DECLARE CURSOR' ? statement.command : undefined;
}

const savepoints: { readonly [K in string]?: string } = { savepoint: 'SAVEPOINT', release: 'RELEASE SAVEPOINT', 'rollback-to': 'ROLLBACK TO SAVEPOINT' };
