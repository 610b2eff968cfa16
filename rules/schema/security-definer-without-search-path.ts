// Functions that run with the rights of their owner, and with the search path of whoever calls them.

import { overMigration, printName } from '../../src/rule/index.ts';

export default overMigration({
  id: 'security-definer-without-search-path',
  category: 'schema',
  summary: 'A SECURITY DEFINER function leaves its search_path to whoever calls it',
  hazard: 'A caller who puts a schema of his own first has his tables, functions and operators used with the rights of the owner',
  remedy: 'Add SET search_path to the function, with trusted schemas and pg_temp as the last one',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check({ acts }) {
    const mended = (acts.get('alter-function') ?? []).flatMap(({ change }) =>
      change.kind === 'alter-function' && (change.bindsNames || change.definer === false) ? [printName(change.function)] : [],
    );
    for (const { change, step } of acts.get('create-function') ?? []) {
      if (change.kind !== 'create-function' || !change.definer || change.bindsNames || mended.includes(printName(change.function))) continue;
      yield { step, span: change.span, message: `${printName(change.function)}() runs with the rights of its owner, and with the search_path of whoever calls it` };
    }
  },
});
