// Names of what earlier migrations have dropped or renamed, or never made.

import { overMigration, withError, type Refusal } from '../../src/rule/index.ts';

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
      for (const refusal of step.refusals) if (refusal.kind === 'missing') yield { step, span: refusal.span, message: message(refusal) };
    }
  },
});

function message({ object, of, isGone, error }: Refusal): string {
  const why = isGone ? 'an earlier statement has dropped or renamed it' : 'no statement before this one makes it';
  return withError(of === undefined ? `${object} is not there: ${why}` : `${of} has no ${object}`, error);
}
