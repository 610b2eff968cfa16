// What is claimed about each statement of fixtures/effects, held against PostgreSQL 18 in this process.

import { libpgParser } from '../src/parser/libpg/parse.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import type { Connection, Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { filesBelow } from './fixture.ts';
import { readEffectFixture } from './postgres/effect-fixture.ts';
import { replayFixture } from './postgres/replay-fixture.ts';

jest.setTimeout(120_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set(['btree_gist', 'citext']));
});

afterAll(() => server.stop());

afterEach(() => empty(server.connection));

test.each(filesBelow('fixtures/effects', '.sql'))('%s', async (path) => {
  const cases = await replayFixture(readEffectFixture(path, libpgParser(await loadGrammar())), server);
  expect(cases.flatMap(({ place, sql, differences }) => differences.map((one) => `${place} ${sql}: ${one}`))).toEqual([]);
});

/** As if nothing had been made in the database. */
async function empty(connection: Connection): Promise<void> {
  for (const [kind, names] of Object.entries(catalogsOfObjects)) {
    const rows = await connection.rows<{ readonly name: string }>(`SELECT quote_ident(name) AS name FROM (${names}) made`);
    for (const { name } of rows) await connection.run(`DROP ${kind} ${name} CASCADE`);
  }
  await connection.run('CREATE SCHEMA public');
}

const catalogsOfObjects: Readonly<Record<string, string>> = {
  'EVENT TRIGGER': 'SELECT evtname AS name FROM pg_event_trigger',
  PUBLICATION: 'SELECT pubname AS name FROM pg_publication',
  'FOREIGN DATA WRAPPER': 'SELECT fdwname AS name FROM pg_foreign_data_wrapper',
  EXTENSION: "SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql'",
  SCHEMA: "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
};
