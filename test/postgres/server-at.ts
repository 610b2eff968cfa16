// Connections for tests, as the superuser of a server that is thrown away.

import { resolveAddress } from '../../src/trace/address/address.ts';
import { surroundingsIn } from '../../src/trace/address/surroundings.ts';
import { reach } from '../../src/trace/server/client.ts';
import type { Connection, Server } from '../../src/trace/connection.ts';
import { openScratch } from '../../src/trace/server/scratch.ts';

const surroundings = { ...surroundingsIn({}), user: 'postgres' };

/** The database that the URL names. */
export async function connectTo(url: string): Promise<Connection> {
  return (await reach(resolveAddress(url, surroundings))).connection;
}

/** A database of its own, which is dropped in the end; what runs there runs as the superuser. */
export async function connectToScratch(url: string): Promise<Server> {
  const address = resolveAddress(url, surroundings);
  return openScratch(await reach(address), address, { isAsIs: true, say: () => undefined });
}
