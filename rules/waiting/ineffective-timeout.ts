// A setting that does not take effect, where the text looks as if it did.

import { isTimeoutName, overMigration, parseDuration, type Statement } from '../../src/rule/index.ts';

export default overMigration({
  id: 'ineffective-timeout',
  category: 'waiting',
  summary: 'SET LOCAL stands outside a transaction, or a timeout has a value that PostgreSQL refuses',
  hazard: 'Nothing is set: the statements that follow run as if it were not there',
  remedy: 'SET it for the session, or BEGIN before it',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const { statement, session } = step;
      if (statement.kind !== 'setting') continue;
      if (isRefused(statement)) {
        yield { step, message: `PostgreSQL refuses this value of ${statement.name}`, help: "Write it as '5s', '500ms' or '1min'" };
      } else if (statement.scope === 'transaction' && session.transaction === undefined) {
        yield { step, message: `Outside a transaction, setting ${statement.name} for the transaction alone does nothing` };
      }
    }
  },
});

function isRefused({ name, value }: Extract<Statement, { readonly kind: 'setting' }>): boolean {
  return isTimeoutName(name) && value.kind === 'text' && parseDuration(value.text) === undefined;
}
