// What is claimed about each statement of fixtures/effects, held against PostgreSQL 18 in this process.

import { libpgParser } from '../src/parser/libpg/parse.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { filesBelow } from './fixture.ts';
import { emptyDatabase } from './postgres/empty-database.ts';
import { readEffectFixture } from './postgres/effect-fixture.ts';
import { replayFixture } from './postgres/replay-fixture.ts';

jest.setTimeout(120_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set(['btree_gist', 'citext']));
});

afterAll(() => server.stop());

afterEach(() => emptyDatabase(server.connection));

test.each(filesBelow('fixtures/effects', '.sql'))('%s', async (path) => {
  const cases = await replayFixture(readEffectFixture(path, libpgParser(await loadGrammar())), server);
  expect(cases.flatMap(({ place, sql, differences }) => differences.map((one) => `${place} ${sql}: ${one}`))).toEqual([]);
});
