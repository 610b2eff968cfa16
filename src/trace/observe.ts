// Runs one statement inside a transaction and tells what the server did.

import { mergeWork } from '../model/effect.ts';
import { blocksReads, blocksWrites, isStronger, type LockMode } from '../model/lock.ts';
import { Refusal, type Connection, type Heard } from './connection.ts';
import { locksTaken, ownLocks, strongestOf, type Locks } from './locks.ts';
import type { HeldBefore, Observation, ObservedEffect } from './observation.ts';
import { observedWork } from './observed-work.ts';
import { indexNames, isIndex, isSequence, relationsOf, type FoundRelation, type Relations } from './relations.ts';

/** Between BEGIN and COMMIT; after a refusal, ROLLBACK. `prelude`: what the transaction begins with, as SET LOCAL. */
export async function observeAlone(connection: Connection, sql: string, prelude: readonly string[] = []): Promise<Observation> {
  await connection.run('BEGIN');
  try {
    for (const setting of prelude) await connection.run(setting);
    const observation = await observeOpen(connection, sql);
    await connection.run('COMMIT');
    return observation;
  } catch (error) {
    await connection.run('ROLLBACK');
    return refused(error);
  }
}

/** Between savepoints of a transaction that is open: of locks that it holds already nothing can be seen. */
export async function observeInside(connection: Connection, sql: string): Promise<Observation> {
  await connection.run('SAVEPOINT pgmigrate_lint');
  try {
    const observation = await observeOpen(connection, sql);
    await connection.run('RELEASE SAVEPOINT pgmigrate_lint');
    return observation;
  } catch (error) {
    await connection.run('ROLLBACK TO SAVEPOINT pgmigrate_lint');
    return refused(error);
  }
}

/** Anything but a refusal by the server is a fault of ours, and thrown again. */
export function refused(error: unknown): Observation {
  if (!(error instanceof Refusal)) throw error;
  return { kind: 'refused', code: error.code, message: error.message };
}

async function observeOpen(connection: Connection, sql: string): Promise<Observation> {
  const before = await stateOf(connection);
  const rowsBefore = await ownLocks(connection);
  await connection.run('SET LOCAL client_min_messages = debug1');
  const { heard, took } = await timed(connection, sql);
  const taken = locksTaken(rowsBefore, await ownLocks(connection));
  const held = strongestOf(rowsBefore);
  const effects = await effectsSeen(connection, before, heard, taken, held);
  const { relations } = before;
  return { kind: 'done', outside: false, locks: 'seen', effects, indexes: indexNames(relations), held: heldBefore(relations, held), took };
}

/** `took`: in milliseconds. */
export async function timed(connection: Connection, sql: string): Promise<{ readonly heard: Heard; readonly took: number }> {
  const start = performance.now();
  const heard = await connection.run(sql);
  return { heard, took: performance.now() - start };
}

/** What was there before a statement. */
export interface State {
  readonly relations: Relations;
  /** What is changed from now on has this transaction id, or a later one. */
  readonly nextTransaction: number;
}

export async function stateOf(connection: Connection): Promise<State> {
  const next = "SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::int8 % 4294967296)::float8 AS id";
  const [row] = await connection.rows<{ readonly id: number }>(next);
  return { relations: await relationsOf(connection), nextTransaction: row?.id ?? 0 };
}

/** `taken` by the statement; work may also be done on what was `held` before. */
export async function effectsSeen(
  connection: Connection,
  { relations, nextTransaction }: State,
  { command, messages }: Heard,
  taken: Locks,
  held: Locks = new Map(),
): Promise<ObservedEffect[]> {
  const [locks, heldLocks] = [strongOn(relations, taken), strongOn(relations, held)];
  const aftermath = { connection, before: relations, since: nextTransaction, messages, command };
  const work = await observedWork({ ...aftermath, locks, held: heldLocks });
  return [...relations.values()].flatMap((relation) => {
    const done = mergeWork(work.get(relation.oid) ?? []);
    const lock = locks.get(relation.oid) ?? (done.length > 0 ? heldLocks.get(relation.oid) : undefined);
    if (lock === undefined || !isOfInterest(relation, lock, [locks, heldLocks])) return [];
    return [{ relation: relation.name, oid: relation.oid, lock, work: done }];
  });
}

/** Without those that conflict with next to nothing. */
function strongOn(relations: Relations, locks: Locks): Locks {
  return new Map([...locks].filter(([oid, mode]) => relations.has(oid) && isStronger(mode, 'ROW SHARE')));
}

/** An index, and a sequence, is spoken of where it is itself what is blocked; nobody comes to one whose table is blocked, by this statement or before it. */
function isOfInterest(relation: FoundRelation, lock: LockMode, locks: readonly Locks[]): boolean {
  const isFree = (blocks: (mode: LockMode) => boolean): boolean => blocks(lock) && !locks.some((one) => relation.table !== null && blocks(one.get(relation.table) ?? 'ACCESS SHARE'));
  if (isSequence(relation)) return isFree(blocksWrites);
  return !isIndex(relation) || isFree(blocksReads);
}

function heldBefore(relations: Relations, locks: Locks): HeldBefore[] {
  return [...locks].flatMap(([oid, mode]) => {
    const relation = relations.get(oid)?.name;
    return relation ? [{ relation, mode }] : [];
  });
}
