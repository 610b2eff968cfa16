// What the catalog holds behind a history, held against PostgreSQL 18 in this process. Not compared is what the catalog does not hold:
// the order of key columns and expressions in an index, expressions themselves, privileges, owners, comments and options.

import { tell } from '../src/engine/narrate.ts';
import { openMigration } from '../src/history/story.ts';
import { Catalog } from '../src/model/catalog.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { SourceText } from '../src/text/source-text.ts';
import { filesBelow, parseFixture, read } from './fixture.ts';
import { compareReplay } from './postgres/catalog-replay.ts';
import { emptyDatabase } from './postgres/empty-database.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set(['citext']));
});

afterAll(() => server.stop());

afterEach(() => emptyDatabase(server.connection));

test.each([[1599], [1600]])('a table of %i columns has room for one more where PostgreSQL says so', async (count) => {
  const columns = Array.from({ length: count }, (_, index) => `c${index} int`);
  const [create, add] = [`CREATE TABLE orders (${columns.join(', ')})`, 'ALTER TABLE orders ADD COLUMN note int'];
  await server.connection.run(create);
  const isAdded = await server.connection.run(add).then(
    () => true,
    () => false,
  );
  const { statements } = libpgParser(await loadGrammar()).parse(new SourceText('1.sql', `${create};${add};`));
  const start = openMigration(Catalog.start('empty'), { settings: new Map(), newTables: 'migration' });
  const { catalog } = statements.reduce((story, statement) => tell(statement, story, server.version).story, start);
  expect(catalog.column({ schema: 'public', name: 'orders' }, 'note') !== 'absent').toBe(isAdded);
});

test.each(filesBelow('fixtures/catalog', '.sql'))('%s', async (path) => {
  expect(await compareReplay(parseFixture(read(path)).migrations, libpgParser(await loadGrammar()), server)).toEqual({ differences: [], refused: [] });
});
