// A setting that does not take effect, where the text looks as if it did.

import { isTimeoutName, overMigration, parseDuration, type SettingValue } from '../../src/rule/index.ts';

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
      if (step.statement.kind !== 'setting') continue;
      for (const { name, value, scope } of step.statement.assignments) {
        if (isRefused(name, value)) {
          yield { step, message: `PostgreSQL refuses this value of ${name}`, help: "Write it as '5s', '500ms' or '1min'" };
        } else if (scope === 'transaction' && step.session.transaction === undefined) {
          yield { step, message: `Outside a transaction, setting ${name} for the transaction alone does nothing` };
        }
      }
    }
  },
});

function isRefused(name: string, value: SettingValue): boolean {
  return isTimeoutName(name) && value.kind === 'text' && parseDuration(value.text) === undefined;
}
