// A value that the same transaction has added to an enum, and that PostgreSQL lets nobody use before it is committed.

import {
  isSameName,
  overMigration,
  printName,
  runsOf,
  stringsIn,
  transactionOf,
  type ChangeOf,
  type Span,
  type Step,
  type Timeline,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'enum-value-used-early',
  category: 'failing',
  summary: 'A value is used in the transaction that added it to its enum',
  hazard: 'The migration fails with "unsafe use of new value"',
  remedy: 'Add the value in a migration of its own, and use it in the next one',
  severity: 'error',
  since: '0.1.0',
  *check(timeline) {
    for (const [index, step] of timeline.steps.entries()) {
      for (const { change } of step.acts) {
        if (change.kind !== 'add-enum-value' || step.session.transaction === undefined || isOfNewType(change, step, timeline)) continue;
        const later = timeline.steps.slice(index + 1).filter((other) => transactionOf(other) === transactionOf(step));
        const user = later.find((other) => uses(other, change, timeline));
        if (user) yield { step: user, message: `'${change.value}' of ${printName(change.type)} can't be used in the transaction that adds it` };
      }
    }
  },
});

type AddedValue = ChangeOf<'add-enum-value'>;

/** The values of a type that the transaction made itself can be used at once. */
function isOfNewType({ type }: AddedValue, step: Step, { steps }: Timeline): boolean {
  const wanted = step.before.creationName(type);
  return steps.some(
    (earlier) =>
      transactionOf(earlier) === transactionOf(step) &&
      earlier.acts.some(({ change, before }) => change.kind === 'create-enum' && isSameName(before.creationName(change.type), wanted)),
  );
}

function uses(step: Step, value: AddedValue, { source }: Timeline): boolean {
  return placesOf(step).some((span) => stringsIn(source, span).includes(value.value)) && mayBeOfType(step, value, source.slice(step.statement.span));
}

/** Of a DO block, what it runs; a change of an enum uses no value. */
function placesOf({ statement }: Step): readonly Span[] {
  if (statement.kind === 'block') return runsOf(statement).map(({ span }) => span);
  return harmless.has(statement.command) ? [] : [statement.span];
}

const harmless: ReadonlySet<string> = new Set(['ALTER TYPE', 'COMMENT', 'SET']);

/** It names the type, or a table with a column of it, or one that history does not show. */
function mayBeOfType({ before, after, effects }: Step, { type }: AddedValue, text: string): boolean {
  if (new RegExp(`\\b${type.name.replace(/[^A-Za-z0-9_]/g, '\\$&')}\\b`, 'i').test(text)) return true;
  const columns = after.columnsOfType(type);
  return effects.some(
    ({ relation }) => before.find(relation) === 'unknown' || columns.some((column) => isSameName(column.relation.name, relation)),
  );
}
