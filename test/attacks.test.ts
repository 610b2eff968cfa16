// Texts that change a table in a way that a careless reader would not see: PostgreSQL runs each of them, and each is found.

import { parse } from 'yaml';
import { lintText } from '../src/project/index.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { read } from './fixture.ts';
import { emptyDatabase } from './postgres/empty-database.ts';

interface Attack {
  readonly name: string;
  /** psql alone can run it. */
  readonly psql?: true;
  readonly before?: string;
  readonly sql: string;
}

const attacks: Attack[] = parse(read('fixtures/attacks.yml'));

const tables = `
  CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
  CREATE TABLE stdin (id int);
  CREATE TABLE log (id int, note text);`;

/** About how the text waits, and not about what it does. */
const besides: ReadonlySet<string> = new Set(['missing-lock-timeout', 'not-retry-safe']);

test.each(attacks)('$name is found', async ({ before = '', sql }) => {
  const { findings } = await lintText(sql, { path: 'db/2.sql', postgres: 15, history: [{ path: 'db/1.sql', sql: `${tables}\n${before}` }] });
  expect(findings.map(({ rule }) => rule).filter((rule) => !besides.has(rule))).not.toEqual([]);
});

describe('PostgreSQL runs', () => {
  let server: Server;

  beforeAll(async () => {
    server = await startEmbedded(new Set());
  }, 60_000);

  afterAll(() => server.stop());

  afterEach(async () => {
    await server.connection.run('DISCARD ALL');
    await emptyDatabase(server.connection);
  }, 60_000);

  test.each(attacks.filter(({ psql }) => psql !== true))('$name', async ({ before = '', sql }) => {
    const { connection } = server;
    for (const text of [tables, 'INSERT INTO orders VALUES (1)', before, sql]) if (text !== '') await connection.run(text);
    const [column] = await connection.rows("SELECT atttypid::regtype::text AS type FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'id'");
    expect(column).toEqual({ type: 'bigint' });
  }, 60_000);
});
