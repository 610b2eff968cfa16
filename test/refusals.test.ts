// What the rules about impossible things say is tried: the statements of their fixtures that they speak about are refused by the embedded
// PostgreSQL with the code that they name, and all others run.

import { PGlite } from '@electric-sql/pglite';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Parser } from '../src/parser/parser.ts';
import { SourceText } from '../src/text/source-text.ts';
import { expectationsOf, filesBelow, parseFixture, read } from './fixture.ts';

/** Fixtures whose history is whole: where it is not, the rules are silent. */
const paths = filesBelow('fixtures/rules', '.sql').filter((path) => /\/impossible-[a-z]+\//.test(path) && !/\/(?:unknown|in-a-branch|open-source|perhaps-dropped)\.sql$/.test(path));

jest.setTimeout(120_000);

let database: PGlite;
let parser: Parser;

beforeAll(async () => {
  database = await PGlite.create();
  parser = libpgParser(await loadGrammar());
});

afterAll(async () => {
  await database.close();
});

test.each(paths)('%s', async (path) => {
  await database.exec('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
  for (const { path: file, sql } of parseFixture(read(path)).migrations) {
    const source = new SourceText(file, sql);
    const expected = expectationsOf(sql).filter(({ rule }) => rule.startsWith('impossible-'));
    for (const { span } of parser.parse(source).statements) {
      const { line } = source.positionOf(span.start);
      const code = /\((\w{5})\)$/.exec(expected.find((one) => one.line === line)?.says ?? '')?.[1] ?? 'runs';
      expect(`${file}:${line} ${await outcomeOf(sql.slice(span.start, span.end))}`).toBe(`${file}:${line} ${code}`);
    }
  }
});

async function outcomeOf(sql: string): Promise<string> {
  try {
    await database.exec(sql);
    return 'runs';
  } catch (error) {
    // Of another realm: it is no Error of this one.
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  }
}
