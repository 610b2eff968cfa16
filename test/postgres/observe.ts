// Runs one statement in a transaction of its own and tells what the server did.

import pg, { type Client, type Notice } from 'pg';
import { mergeEffects } from '../../src/model/effect.ts';
import { isStronger, strongerOf, type LockMode } from '../../src/model/lock.ts';
import { lockMode, type Observation, type ObservedEffect } from './observation.ts';
import { observedWork, type Aftermath } from './observed-work.ts';
import { relationsOf } from './relations.ts';

/** Between BEGIN and COMMIT; after a refusal, ROLLBACK. */
export async function observe(client: Client, sql: string): Promise<Observation> {
  await client.query('BEGIN');
  try {
    const before = await relationsOf(client);
    await client.query('SET LOCAL client_min_messages = debug1');
    const { command, messages } = await runListening(client, sql);
    const effects = await effectsSeen({ client, before, messages, command }, await locksHeld(client));
    await client.query('COMMIT');
    return { kind: 'done', effects };
  } catch (error) {
    await client.query('ROLLBACK');
    return refusal(error);
  }
}

/** Anything but a refusal by the server is a fault of ours, and thrown again. */
export function refusal(error: unknown): Observation {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) throw error;
  return { kind: 'refused', code: error.code, message: error.message };
}

export async function runListening(client: Client, sql: string): Promise<Pick<Aftermath, 'command' | 'messages'>> {
  const messages: string[] = [];
  const listen = ({ message }: Notice): unknown => message !== undefined && messages.push(message);
  client.on('notice', listen);
  try {
    const { command } = await client.query(sql);
    return { command: command ?? '', messages };
  } finally {
    client.off('notice', listen);
  }
}

/** The strongest mode by the oid of the relation. */
export type Locks = ReadonlyMap<number, LockMode>;

export async function effectsSeen(aftermath: Omit<Aftermath, 'locked'>, locks: Locks): Promise<ObservedEffect[]> {
  const strong = new Map([...locks].filter(([oid, mode]) => aftermath.before.has(oid) && isStronger(mode, 'ROW SHARE')));
  const work = await observedWork({ ...aftermath, locked: new Set(strong.keys()) });
  const effects = [...aftermath.before.values()].flatMap(({ oid, name }) => {
    const lock = strong.get(oid);
    if (lock === undefined) return [];
    return [{ relation: name, lock, work: work.get(oid) ?? [], new: false, certainty: 'known' } as const];
  });
  return mergeEffects(effects);
}

export interface LockRow {
  readonly relation: number;
  readonly mode: string;
}

async function locksHeld(client: Client): Promise<Locks> {
  const { rows } = await client.query<LockRow>(
    "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted",
  );
  return strongestOf(rows);
}

export function strongestOf(rows: readonly LockRow[]): Map<number, LockMode> {
  const strongest = new Map<number, LockMode>();
  for (const { relation, mode: name } of rows) {
    const mode = lockMode(name);
    if (mode !== undefined) strongest.set(relation, strongerOf(mode, strongest.get(relation) ?? mode));
  }
  return strongest;
}
