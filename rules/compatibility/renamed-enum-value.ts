// RENAME VALUE of an enum that running code may use.

import { isSameName, onChange, outcomeOf, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'renamed-enum-value',
  category: 'compatibility',
  summary: 'A value of an existing enum is renamed',
  hazard: 'Running code that writes the old value, or compares with it, fails with "invalid input value for enum"; what it reads is a value that it does not know',
  remedy: 'Add a new value, move the rows and the code to it, and leave the old one unused',
  severity: 'warning',
  since: '0.1.0',
  on: 'rename-enum-value',
  when: (change, context) => {
    const now = outcomeOf(context, context.timeline).type(change.type);
    const isThereAgain = now?.kind === 'enum' && now.values.includes(change.value);
    return !isThereAgain && !isNew(change, context);
  },
  message: ({ type, value, to }, { before }) =>
    `Running code that writes '${value}' of ${printName(before.creationName(type))} fails until it is deployed with '${to}', and reads '${to}' until then`,
});

/** The migration itself has made the type or the value. */
function isNew({ type, value }: ChangeOf<'rename-enum-value'>, { before, timeline }: ChangeContext): boolean {
  const wanted = before.creationName(type);
  const acts = [...(timeline.acts.get('create-enum') ?? []), ...(timeline.acts.get('add-enum-value') ?? [])];
  return acts.some(({ change, before: then }) => {
    if (change.kind !== 'create-enum' && change.kind !== 'add-enum-value') return false;
    return isSameName(then.creationName(change.type), wanted) && (change.kind === 'create-enum' || change.value === value);
  });
}
