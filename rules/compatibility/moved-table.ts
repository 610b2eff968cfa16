// SET SCHEMA of a table or view that running code may use.

import { columnsLost, isKept, isRelationInUse, list, onChange, outcomeOf, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'moved-table',
  category: 'compatibility',
  summary: 'An existing table or view moves to another schema, and nothing keeps the old name',
  hazard: 'Code that names the old schema, or has it and not the new one in its search_path, does not find the table any more',
  remedy: 'In the same transaction, CREATE VIEW with the old name over the table; or put the new schema into the search_path of all roles first',
  severity: 'warning',
  since: '0.1.0',
  on: 'set-schema',
  when: (change, context) => {
    const { before, timeline } = context;
    const name = before.qualify(change.relation);
    return isRelationInUse(change, before) && !isKept(name, before, outcomeOf(context, timeline), timeline);
  },
  message: ({ relation, schema }, context) => {
    const name = context.before.qualify(relation);
    const lost = columnsLost(name, context.before, outcomeOf(context, context.timeline), context.timeline);
    if (lost.length > 0) return `Running code that still uses ${list(lost)} of ${printName(name)} fails: what has its name now lacks ${lost.length > 1 ? 'them' : 'it'}`;
    return `Running code that still uses ${printName(name)} fails, unless it writes ${name.name} alone and has ${schema} in its search_path`;
  },
});
