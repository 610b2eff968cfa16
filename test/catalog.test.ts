// What the catalog holds behind a history, held against PostgreSQL 18 in this process. Not compared is what the catalog does not hold:
// the order of key columns and expressions in an index, expressions themselves, privileges, owners, comments and options.

import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { filesBelow, parseFixture, read } from './fixture.ts';
import { compareReplay } from './postgres/catalog-replay.ts';
import { emptyDatabase } from './postgres/empty-database.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

afterEach(() => emptyDatabase(server.connection));

test.each(filesBelow('fixtures/catalog', '.sql'))('%s', async (path) => {
  expect(await compareReplay(parseFixture(read(path)).migrations, libpgParser(await loadGrammar()), server)).toEqual([]);
});
