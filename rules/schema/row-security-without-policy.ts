// Row security without a policy: nobody sees a row.

import { catalogBehind, overMigration, printName } from '../../src/rule/index.ts';

export default overMigration({
  id: 'row-security-without-policy',
  category: 'schema',
  summary: 'Row level security is switched on for a table that has no policy',
  hazard: 'Everybody but its owner sees no row and writes none, without an error for those who read',
  remedy: 'Create the policies in the same transaction',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    const end = catalogBehind(timeline);
    for (const { change, step, after } of timeline.acts.get('set-row-security') ?? []) {
      if (end === undefined || change.kind !== 'set-row-security' || change.action !== 'enable') continue;
      const name = after.qualify(change.table);
      const table = end.find(name);
      if (typeof table === 'string' || table.rowSecurity !== true || table.policies === 'unknown' || table.policies.size > 0) continue;
      yield { step, span: change.span, message: `${printName(name)} has no policy: everybody but its owner finds it empty` };
    }
  },
});
