// Names for something new that something else has already.

import { overMigration, refusalInWords, withError } from '../../src/rule/index.ts';

export default overMigration({
  id: 'existing-object',
  category: 'failing',
  summary: 'A statement makes a table, a column, a type or anything else whose name is taken',
  hazard: 'The migration fails with "already exists"',
  remedy: 'Give it another name, or drop what has the name first',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      for (const refusal of step.refusals) if (refusal.kind === 'existing') yield { step, span: refusal.span, message: withError(refusalInWords(refusal), refusal.error) };
    }
  },
});
