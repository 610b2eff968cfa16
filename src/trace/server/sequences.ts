// Where sequences stand: what is drawn from them is not given back by a rollback.

import { messageOf } from './client.ts';
import type { Connection } from '../connection.ts';

export interface SequenceState {
  readonly oid: number;
  /** `public.orders_id_seq`, as SQL has it. */
  readonly name: string;
  /** A number of 64 bits, in digits. */
  readonly last: string;
  readonly called: boolean;
}

/** Of all that the role may read. */
export async function sequencesOf(connection: Connection): Promise<readonly SequenceState[]> {
  const found = await connection.rows<{ readonly query: string }>(`
    SELECT pg_catalog.format('SELECT %s AS oid, %L AS name, last_value::text AS last, is_called AS called FROM %I.%I',
      pg_class.oid, pg_catalog.format('%I.%I', nspname, relname), nspname, relname) AS query
    FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind = 'S' AND relpersistence <> 't' AND pg_catalog.has_schema_privilege(pg_namespace.oid, 'USAGE')
      AND CASE WHEN relkind = 'S' THEN pg_catalog.has_sequence_privilege(pg_class.oid, 'SELECT') END`);
  const states: SequenceState[] = [];
  for (let start = 0; start < found.length; start += MOST_AT_ONCE) {
    const part = found.slice(start, start + MOST_AT_ONCE).map(({ query }) => query);
    states.push(...(await connection.rows<SequenceState>(part.join(' UNION ALL '))));
  }
  return states;
}

const MOST_AT_ONCE = 200;

/** Sets back those that were drawn from, and says which could not be: one that others may have drawn from too would give a number twice. */
export async function restoreSequences(connection: Connection, before: readonly SequenceState[], isAlone: boolean): Promise<readonly string[]> {
  const after = new Map((await sequencesOf(connection)).map((state) => [state.oid, state]));
  const drawn = before.filter(({ oid, last, called }) => {
    const now = after.get(oid);
    return now !== undefined && (now.last !== last || now.called !== called);
  });
  const sentences: string[] = [];
  for (const state of drawn) {
    const failure = isAlone ? await setBack(connection, state) : 'others work in the database, and may have drawn from it too';
    if (failure !== undefined) sentences.push(`${state.name} was drawn from, and stays where it is now: ${failure}; it was set by ${commandFor(state)}`);
  }
  return sentences;
}

async function setBack(connection: Connection, state: SequenceState): Promise<string | undefined> {
  return connection.run(commandFor(state)).then(
    () => undefined,
    messageOf,
  );
}

function commandFor({ name, last, called }: SequenceState): string {
  return `SELECT pg_catalog.setval('${name.replaceAll("'", "''")}', ${last}, ${called})`;
}
