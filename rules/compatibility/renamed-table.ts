// RENAME of a table or view that running code may use.

import { columnsLost, isBefore, isKept, isRelationInUse, isSameName, list, onChange, outcomeOf, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'renamed-table',
  category: 'compatibility',
  summary: 'An existing table or view is renamed, and nothing keeps the old name',
  hazard: 'Code runs with the old name until it is deployed anew, and fails as long as that takes',
  remedy: 'In the same transaction, CREATE VIEW with the old name over the table, and drop it when no code uses it any more',
  severity: 'warning',
  since: '0.1.0',
  on: 'rename-relation',
  when: (change, context) => {
    const { before, timeline } = context;
    const name = before.qualify(change.relation);
    return isRelationInUse(change, before) && !takesPlace(change, context) && !isKept(name, before, outcomeOf(context, timeline), timeline);
  },
  message: ({ relation, to }, context) => {
    const name = context.before.qualify(relation);
    const lost = columnsLost(name, context.before, outcomeOf(context, context.timeline), context.timeline);
    if (lost.length > 0) return `Running code that still uses ${list(lost)} of ${printName(name)} fails: what has its name now lacks ${lost.length > 1 ? 'them' : 'it'}`;
    return `Running code that still uses ${printName(name)} fails until it is deployed with the name ${to}`;
  },
});

/** Another table had the name until the migration gave it a new one: it is that table which code knows. */
function takesPlace({ relation, to }: ChangeOf<'rename-relation'>, { before, step, timeline }: ChangeContext): boolean {
  const place = { schema: before.qualify(relation).schema, name: to };
  const renames = timeline.acts.get('rename-relation') ?? [];
  return renames.some(({ change, before: then, step: other }) => change.kind === 'rename-relation' && isBefore(other, step) && isSameName(then.qualify(change.relation), place));
}
