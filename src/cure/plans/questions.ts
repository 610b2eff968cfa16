// Queries that show the rows that stand in the way: there are none when the data is ready.

import type { Question } from '../../model/plan.ts';
import { quoted } from '../hand.ts';
import type { PlacedKey } from './column-dependents.ts';
import type { Target } from './target.ts';

/** As many as somebody wants to see. */
const LIMIT = 'LIMIT 10';

export function rowsQuestion(shows: string, { sql, key, decisions }: Target, condition: string): Question {
  const shown = decisions.length > 0 ? '*' : key.join(', ');
  return { kind: 'no-rows', shows, sql: `SELECT ${shown} FROM ${sql} WHERE ${condition} ${LIMIT}` };
}

export function nullsQuestion(target: Target, columns: readonly string[]): Question {
  const condition = columns.map((column) => `${quoted(column)} IS NULL`).join(' OR ');
  return rowsQuestion(`rows of ${target.sql} whose ${columns.map(quoted).join(' or ')} is NULL`, target, condition);
}

/** `nullsAreEqual`: NULLS NOT DISTINCT, or a primary key. */
export function duplicatesQuestion({ sql }: Target, columns: readonly string[], nullsAreEqual: boolean): Question {
  const names = columns.map(quoted);
  const where = nullsAreEqual ? '' : ` WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')}`;
  const list = names.join(', ');
  return { kind: 'no-rows', shows: `values of ${list} that several rows of ${sql} have`, sql: `SELECT ${list}, count(*) FROM ${sql}${where} GROUP BY ${list} HAVING count(*) > 1 ${LIMIT}` };
}

/** A row with NULL in one of the columns refers to nothing (MATCH SIMPLE). */
export function orphansQuestion({ on, to, key, referencedColumns }: PlacedKey): Question {
  const own = key.columns.map((column) => `own.${quoted(column)}`);
  const pairs = key.columns.map((_, index) => `other.${quoted(referencedColumns[index] ?? '')} = ${own[index]}`);
  const shown = on.decisions.length > 0 ? 'own.*' : on.key.map((column) => `own.${column}`).join(', ');
  return {
    kind: 'no-rows',
    shows: `rows of ${on.sql} that refer to a row of ${to.sql} that is not there`,
    sql: `SELECT ${shown} FROM ${on.sql} own\n  WHERE ${own.map((name) => `${name} IS NOT NULL`).join(' AND ')} AND NOT EXISTS (SELECT FROM ${to.sql} other WHERE ${pairs.join(' AND ')})\n  ${LIMIT}`,
  };
}

/** `condition`: of a CHECK, which lets pass what is neither true nor false. */
export function breakersQuestion(target: Target, condition: string, name: string): Question {
  return rowsQuestion(`rows of ${target.sql} that break ${name}`, target, `NOT (${condition})`);
}
