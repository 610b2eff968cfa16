// A value that the same transaction has added to an enum, and that PostgreSQL lets nobody use before it is committed.

import {
  isSameName,
  overMigration,
  printName,
  runsOf,
  stringsIn,
  transactionOf,
  isBefore,
  type Catalog,
  type ChangeOf,
  type RelationName,
  type Span,
  type Statement,
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
    const added = timeline.acts.get('add-enum-value')?.filter(({ step }) => step.session.transaction !== undefined) ?? [];
    if (added.length === 0) return;
    const newTypes = newTypesOf(timeline);
    const users = usersOf(timeline);
    for (const { change, step } of added) {
      if (change.kind !== 'add-enum-value' || newTypes.has(placeOfType(change, step.before, step))) continue;
      const later = users.get(change.value)?.filter((other) => isBefore(step, other) && transactionOf(other) === transactionOf(step)) ?? [];
      const user = later.find((other) => mayBeOfType(other, change, timeline.source.slice(other.statement.span)));
      if (user) {
        yield { step: user, message: `'${change.value}' of ${printName(change.type)} can't be used in the transaction that adds it` };
      }
    }
  },
});

type AddedValue = ChangeOf<'add-enum-value'>;

/** The values of a type that the transaction made itself can be used at once. */
function newTypesOf({ acts }: Timeline): ReadonlySet<string> {
  const made = acts.get('create-enum') ?? [];
  return new Set(made.flatMap(({ change, before, step }) => (change.kind === 'create-enum' ? [placeOfType(change, before, step)] : [])));
}

/** Its name, and the transaction. */
function placeOfType({ type }: Pick<AddedValue, 'type'>, before: Catalog, step: Step): string {
  return `${transactionOf(step)} ${printName(before.creationName(type))}`;
}

/** By what stands in a string, the steps in which it does. */
function usersOf({ steps, source }: Timeline): ReadonlyMap<string, readonly Step[]> {
  const users = new Map<string, Step[]>();
  for (const step of steps) {
    for (const text of new Set(stringsOf(step, source))) {
      const known = users.get(text) ?? [];
      known.push(step);
      users.set(text, known);
    }
  }
  return users;
}

/** What stands in the strings of a statement, and in those of the body of a SQL function, which PostgreSQL looks at when it is made. */
function stringsOf(step: Step, source: Timeline['source']): readonly string[] {
  const own = placesOf(step).flatMap((span) => stringsIn(source, span));
  const isChecked = isSqlFunction(step, source.slice(step.statement.span));
  return isChecked ? [...own, ...own.flatMap((text) => stringsIn({ text }, { start: 0, end: text.length }))] : own;
}

function isSqlFunction({ acts }: Step, text: string): boolean {
  return acts.some(({ change }) => change.kind === 'create-function') && /\blanguage\s+'?sql\b/i.test(text);
}

/** Of a DO block, what it runs; a change of an enum uses no value. */
function placesOf({ statement }: Step): readonly Span[] {
  if (statement.kind === 'block') return runsOf(statement).map(({ span }) => span);
  return harmless.has(statement.command) ? [] : [statement.span];
}

const harmless: ReadonlySet<string> = new Set(['ALTER TYPE', 'COMMENT', 'SET']);

/** It names the type, or a table with a column of it, or one that history does not show. */
function mayBeOfType(step: Step, { type }: AddedValue, text: string): boolean {
  const { before, after, effects } = step;
  if (isWordOf(type.name, text)) return true;
  const holders = after.columnsOfType(type).map(({ relation }) => relation.name);
  const isHolder = (name: RelationName): boolean => holders.some((holder) => isSameName(holder, before.qualify(name)));
  if (isSqlFunction(step, text)) return holders.some(({ name }) => isWordOf(name, text));
  return effects.some(({ relation }) => before.find(relation) === 'unknown' || isHolder(relation)) || readBy(step.statement).some(isHolder);
}

/** Tables and views that it reads, or that what it makes will read. */
function readBy(statement: Statement): readonly RelationName[] {
  return runsOf(statement).flatMap(({ usage, leaves = [] }) => [...(usage?.relations ?? []), ...leaves.flatMap((code) => code.usage.relations)]);
}

function isWordOf(word: string, text: string): boolean {
  return new RegExp(`(?:^|[^A-Za-z0-9_])${word.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9_])`, 'i').test(text);
}
