// Runs a statement that can't run in a transaction on a server with one session: nobody can look while its locks are held.

import { mergeWork } from '../model/effect.ts';
import type { Connection } from './connection.ts';
import type { Observation, ObservedEffect } from './observation.ts';
import { refused, stateOf, timed } from './observe.ts';
import { observedWork } from './observed-work.ts';
import { indexNames } from './relations.ts';

/** Work is seen, locks are not. */
export async function observeOutside(connection: Connection, sql: string): Promise<Observation> {
  const { relations, nextTransaction } = await stateOf(connection);
  try {
    await connection.run('SET client_min_messages = debug1');
    const { heard: { command, messages }, took } = await timed(connection, sql);
    const locks = new Map([...relations.keys()].map((oid) => [oid, 'SHARE UPDATE EXCLUSIVE' as const]));
    const work = await observedWork({ connection, before: relations, since: nextTransaction, locks, held: new Map(), messages, command });
    const effects = [...work].flatMap(([oid, done]): ObservedEffect[] => {
      const relation = relations.get(oid);
      return relation?.table === null && done.length > 0 ? [{ relation: relation.name, oid, lock: undefined, work: mergeWork(done) }] : [];
    });
    return { kind: 'done', outside: true, locks: 'unseen', effects, indexes: indexNames(relations), held: [], took };
  } catch (error) {
    return refused(error);
  } finally {
    await connection.run('RESET client_min_messages');
  }
}
