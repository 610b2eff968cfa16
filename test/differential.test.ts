// The differential test finds what is told wrong, and tells it as a fixture; the same seed finds the same.

import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Statement } from '../src/model/statement.ts';
import type { Parser } from '../src/parser/parser.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { openLab } from './differential/lab.ts';
import { emptyTally } from './differential/tally.ts';
import { tryHistories } from './differential/try-histories.ts';

jest.setTimeout(300_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

/** It does not see what CREATE INDEX does. */
function blind(parser: Parser): Parser {
  const withoutIndexes = (statement: Statement): Statement => (statement.kind === 'schema' && statement.command === 'CREATE INDEX' ? { ...statement, changes: [] } : statement);
  return {
    ...parser,
    parse: (source, ...rest) => {
      const parsed = parser.parse(source, ...rest);
      return { ...parsed, statements: parsed.statements.map(withoutIndexes) };
    },
  };
}

async function said(): Promise<readonly string[]> {
  const texts: string[] = [];
  let seed = 41;
  const wish = { nextSeed: () => (seed < 44 ? seed++ : undefined), length: 25, examples: 1, isWanted: (sql: string) => sql.startsWith('CREATE INDEX'), say: (text: string) => texts.push(text) };
  await tryHistories(await openLab(server, blind(libpgParser(await loadGrammar()))), wish, emptyTally());
  return texts;
}

test('what is told wrong is found, and found again', async () => {
  const first = await said();
  expect(first.join('\n')).toMatch(/-- measure\nCREATE INDEX [^\n]*;\n--   effects: public\.[^\n]*: claimed nothing, observed SHARE with index-build/);
  await server.connection.run('DEALLOCATE ALL');
  expect(await said()).toEqual(first);
});
