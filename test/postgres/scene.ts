// A scene with several sessions: who waits for whom, and who goes on.

import { setTimeout } from 'node:timers/promises';
import { isSameName, type QualifiedName } from '../../src/model/names.ts';
import { Refusal, type Connection, type Server } from '../../src/trace/connection.ts';
import { relationsOf } from '../../src/trace/relations.ts';

export interface Scene {
  readonly server: Server;
  readonly connect: () => Promise<Connection>;
}

/** A statement of a migration that is about to run. */
export interface Example {
  /** What stands before it in the migration. */
  readonly before: readonly string[];
  readonly isInTransaction: boolean;
  readonly sql: string;
}

/** A statement that is on its way. */
export interface Running {
  /** `done`, or the SQLSTATE of the refusal. */
  readonly outcome: Promise<string>;
  readonly pid: number;
}

export async function start(connection: Connection, sql: string): Promise<Running> {
  const [row] = await connection.rows<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  return { outcome: outcomeOf(connection.run(sql)), pid: row?.pid ?? 0 };
}

/** `done`, or the SQLSTATE of the refusal. */
export async function outcomeOf(running: Promise<unknown>): Promise<string> {
  try {
    await running;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** Does the one come to wait for the other? Asked until it does, or has ended, or two seconds are over. */
export async function waitsFor(waiter: Running, blocker: number, observer: Connection): Promise<boolean> {
  let hasEnded = false;
  void waiter.outcome.then(() => (hasEnded = true));
  for (let round = 0; round < 400 && !hasEnded; round += 1) {
    const rows = await observer.rows<{ readonly pid: number }>('SELECT unnest(pg_blocking_pids($1)) AS pid', [waiter.pid]);
    if (rows.some(({ pid }) => pid === blocker)) return true;
    await setTimeout(5);
  }
  return false;
}

/** Lends a connection and ends it, whatever happens. */
export async function withConnections<T>(
  { connect }: Scene,
  count: number,
  use: (...connections: Connection[]) => Promise<T>,
): Promise<T> {
  const connections: Connection[] = [];
  for (let index = 0; index < count; index += 1) connections.push(await connect());
  try {
    return await use(...connections);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

export interface Table {
  readonly name: QualifiedName;
  /** pg_class.relkind. */
  readonly kind: string;
  readonly oid: number;
}

export async function tableOf(connection: Connection, name: QualifiedName): Promise<Table> {
  const found = [...(await relationsOf(connection)).values()].find((relation) => isSameName(relation.name, name));
  return { name, kind: found?.kind ?? '', oid: found?.oid ?? 0 };
}

/** What an application does all day; nothing is found, so nothing is changed. */
export const reading = ({ name }: Table): string => `SELECT FROM ${quoted(name)} LIMIT 1`;
export const writing = ({ name }: Table): string => `DELETE FROM ${quoted(name)} WHERE false`;

function quoted({ schema, name }: QualifiedName): string {
  return [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}
