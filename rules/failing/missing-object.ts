// Names of what earlier migrations have dropped or renamed, or never made.

import { overMigration, refusalInWords, withError } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-object',
  category: 'failing',
  summary: 'A statement names a table, a column, a type or anything else that is not there any more, or never was',
  hazard: 'The migration fails with "does not exist"',
  remedy: 'Correct the name, or make what it names before this statement',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      for (const refusal of step.refusals) if (refusal.kind === 'missing') yield { step, span: refusal.span, message: withError(refusalInWords(refusal), refusal.error) };
    }
  },
});
