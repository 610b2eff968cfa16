// UPDATE or DELETE of all rows of a table in use, in one statement.

import { certainRuns, overMigration, printName, type RowAction, type Statement, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unbatched-backfill',
  category: 'waiting',
  summary: 'All rows of an existing table are updated or deleted by one statement',
  hazard: 'Each row that it has touched stays locked until the last one is done, and so long no dead row is cleaned up anywhere',
  remedy: 'Write some thousand rows at a time, each batch in its own transaction',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      if (step.session.locks.hasStrong) continue;
      const action = actionsOf(step.statement).find((one) => takesAll(one, step));
      if (action === undefined) continue;
      const table = printName(step.before.qualify(step.before.writtenThrough(action.target)));
      yield { step, message: `This ${action.verb === 'update' ? 'writes' : 'deletes'} all rows of ${table} in one transaction` };
    }
  },
});

function actionsOf(statement: Statement): readonly RowAction[] {
  return certainRuns(statement).flatMap((one) => (one.kind === 'data' ? one.actions : []));
}

/** What somebody holds ACCESS EXCLUSIVE for is said by work-while-locked. */
function takesAll({ verb, target, rows }: RowAction, { before }: Step): boolean {
  return (verb === 'update' || verb === 'delete') && rows.kind === 'all' && before.isLive(before.writtenThrough(target));
}
