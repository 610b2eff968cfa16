// A loop through the rows of a table along its primary key, in batches that each have a transaction of their own.

import { dollarQuoted } from './dollar-quoted.ts';
import type { Hand } from './hand.ts';

export interface BatchLoop {
  /** As it is written. */
  readonly table: string;
  /** Without what inherits from it. */
  readonly isOnly: boolean;
  /** The columns of the primary key, as statements name them. */
  readonly key: readonly string[];
  /** What they are named by in `command`, with the dot; empty where their names alone are clear. */
  readonly prefix: string;
  /** What is done to the rows of a batch, by the condition that they meet. */
  readonly command: (rows: string) => string;
  /** Whether a column of the table is called so. */
  readonly isColumn: (name: string) => boolean;
}

/** Rows of a batch. */
export const batchSize = 10_000;

/**
 * A DO block that commits behind each batch: it has to be the only statement of its message, and outside of transactions. A batch begins
 * where the last one ended, so that none of its rows is looked for in vain.
 */
export function batchLoop({ table, isOnly, key, prefix, command, isColumn }: BatchLoop, sql: Hand, lineEnd: string): string {
  const text = command('');
  const isTaken = (name: string): boolean => isColumn(name) || text.includes(name);
  const [first, last] = [variablesFor('start', key, isTaken), variablesFor('end', key, isTaken)];
  const keys = key.join(', ');
  const rows = isOnly ? sql`ONLY ${table}` : table;
  const own = tupleOf(key.map((column) => prefix + column));
  const limits = sql`${own} >= ${tupleOf(first)} AND ${own} <= ${tupleOf(last)}`;
  const body = [
    ...(/\bfound\b/i.test(text) ? [`#variable_conflict use_column`] : []),
    sql`DECLARE`,
    ...key.flatMap((column, index) => [first[index] ?? '', last[index] ?? ''].map((name) => sql`  ${name} ${table}.${column}%TYPE;`)),
    sql`BEGIN`,
    sql`  SELECT ${keys} INTO ${first.join(', ')} FROM ${rows} ORDER BY ${keys} LIMIT 1;`,
    sql`  WHILE ${first[0] ?? ''} IS NOT NULL LOOP`,
    sql`    SELECT ${keys} INTO ${last.join(', ')}`,
    sql`      FROM (SELECT ${keys} FROM ${rows} WHERE ${tupleOf(key)} >= ${tupleOf(first)} ORDER BY ${keys} LIMIT ${String(batchSize)}) AS ${'batch'}`,
    sql`      ORDER BY ${key.map((column) => sql`${column} DESC`).join(', ')} LIMIT 1;`,
    `    ${command(limits)};`,
    sql`    COMMIT;`,
    sql`    SELECT ${keys} INTO ${first.join(', ')} FROM ${rows} WHERE ${tupleOf(key)} > ${tupleOf(last)} ORDER BY ${keys} LIMIT 1;`,
    sql`  END LOOP;`,
    sql`END`,
  ];
  return sql`DO ${dollarQuoted(['', ...body, ''].join(lineEnd))}`;
}

function tupleOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`;
}

/** Called as nothing is that the loop speaks of. */
function variablesFor(word: string, key: readonly string[], isTaken: (name: string) => boolean): readonly string[] {
  return key.map((_, index) => {
    let name = key.length === 1 ? `batch_${word}` : `batch_${word}_${index + 1}`;
    while (isTaken(name)) name += '_';
    return name;
  });
}
