// A throw-away database on a running server.

import pg, { type Client } from 'pg';

export interface Database {
  readonly connect: () => Promise<Client>;
}

/** Makes an empty database, lends it to `use` and drops it, whatever happens. */
export async function withDatabase<T>(port: number, use: (database: Database) => Promise<T>): Promise<T> {
  const name = `prove_${process.pid}`;
  const clients: Client[] = [];
  const admin = await connect(port, 'postgres');
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  const lend = async (): Promise<Client> => {
    const client = await connect(port, name);
    clients.push(client);
    return client;
  };
  try {
    return await use({ connect: lend });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
}

/** Makes the tablespace `elsewhere`, which fixtures may move tables to, and drops it behind `use`. */
export async function withTablespace<T>(port: number, use: () => Promise<T>): Promise<T> {
  const admin = await connect(port, 'postgres');
  await admin.query('SET allow_in_place_tablespaces = on');
  await admin.query("CREATE TABLESPACE elsewhere LOCATION ''");
  try {
    return await use();
  } finally {
    await admin.query('DROP TABLESPACE elsewhere');
    await admin.end();
  }
}

async function connect(port: number, database: string): Promise<Client> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
