// A statement that others wait for may run for ever.

import { blocksWhileWorking, overMigration, timeoutInForce } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-statement-timeout',
  category: 'waiting',
  summary: 'A statement keeps others waiting while it works on rows, and no statement_timeout is in force',
  hazard: 'Nothing but a person stops it when it takes longer than anybody thought',
  remedy: "SET statement_timeout to what others can bear to wait, such as '1min'",
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const isLimited = timeoutInForce(step.session, 'statement_timeout') !== 'none';
      if (isLimited || !step.effects.some(blocksWhileWorking)) continue;
      yield { step, message: 'Nothing limits how long this keeps others waiting', once: '' };
    }
  },
});
