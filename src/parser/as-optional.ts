// A statement that may not run.

import type { Change } from '../model/change.ts';
import type { Statement } from '../model/statement.ts';

/** What it makes may be there already, and what it drops may be gone. */
export function asOptional(statement: Statement): Statement {
  if (statement.kind !== 'schema') return statement;
  const changes = statement.changes.map((change): Change => {
    if ('ifNotExists' in change) return { ...change, ifNotExists: true };
    return 'ifExists' in change ? { ...change, ifExists: true } : change;
  });
  return { ...statement, changes };
}
