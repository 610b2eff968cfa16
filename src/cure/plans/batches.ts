// Rows changed in batches that go along the primary key, each in a transaction of its own.

import type { PlanStep } from '../../model/plan.ts';
import { dollarQuoted } from './dollar-quoted.ts';
import { outside } from './planner.ts';
import type { Target } from './target.ts';

/** Rows of a batch. */
const SIZE = 10_000;

/** `set` and `where` as an UPDATE takes them. `where`: rows that still have to be changed. */
export function batches(title: string, target: Target, { set, where }: { readonly set: string; readonly where: string }, extras: Partial<Pick<PlanStep, 'notes' | 'questions'>> = {}): PlanStep {
  return inBatches(title, target, (rows) => `UPDATE ${target.sql} SET ${set}\n      WHERE ${rows} AND ${where}`, extras);
}

/** `command`: what is done to the rows of a batch, by the condition that they meet. */
export function inBatches(title: string, target: Target, command: (rows: string) => string, { notes = [], questions = [] }: Partial<Pick<PlanStep, 'notes' | 'questions'>> = {}): PlanStep {
  return outside(title, [blockOf(target, command)], {
    notes: [
      ...notes,
      `It takes ${SIZE} rows at a time and commits behind each batch, so it can be stopped, and begun anew from the start. Run it from psql, or in a migration outside of transactions that holds nothing else; a statement_timeout counts for all of it. Watch the lag of replicas.`,
    ],
    questions,
  });
}

/** PostgreSQL runs a COMMIT in DO where it is the only statement of its message, and no transaction is open. */
function blockOf({ sql, key, relation }: Target, command: (rows: string) => string): string {
  const [first, last] = [namesFor('start', key, relation), namesFor('end', key, relation)];
  const tuple = (names: readonly string[]): string => (names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`);
  const keys = key.join(', ');
  const types = key.map((column, index) => `  ${first[index]} ${sql}.${column}%TYPE;\n  ${last[index]} ${sql}.${column}%TYPE;\n`).join('');
  const order = (direction: string): string => key.map((column) => `${column}${direction}`).join(', ');
  const body = `
DECLARE
${types}BEGIN
  SELECT ${keys} INTO ${first.join(', ')} FROM ${sql} ORDER BY ${keys} LIMIT 1;
  WHILE ${first[0]} IS NOT NULL LOOP
    SELECT ${keys} INTO ${last.join(', ')}
      FROM (SELECT ${keys} FROM ${sql} WHERE ${tuple(key)} >= ${tuple(first)} ORDER BY ${keys} LIMIT ${SIZE}) AS batch
      ORDER BY ${order(' DESC')} LIMIT 1;
    ${command(`${tuple(key)} >= ${tuple(first)} AND ${tuple(key)} <= ${tuple(last)}`)};
    COMMIT;
    SELECT ${keys} INTO ${first.join(', ')} FROM ${sql} WHERE ${tuple(key)} > ${tuple(last)} ORDER BY ${keys} LIMIT 1;
  END LOOP;
END
`;
  return `DO ${dollarQuoted(body)}`;
}

/** Variables that are called as no column is. */
function namesFor(word: string, key: readonly string[], relation: Target['relation']): readonly string[] {
  return key.map((_, index) => {
    let name = key.length === 1 ? `batch_${word}` : `batch_${word}_${index + 1}`;
    while (relation?.columns.has(name)) name += '_';
    return name;
  });
}
