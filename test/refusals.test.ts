// What is said to be refused is tried on the embedded PostgreSQL. The statements of their fixtures that the rules about impossible things
// speak about are refused with the code that they name, and all others run. In fixtures/refusals, where a statement is refused for several
// reasons, `explain` tells the one that PostgreSQL gives.

import { PGlite } from '@electric-sql/pglite';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Parser } from '../src/parser/parser.ts';
import { firstRefusal } from '../src/engine/first-refusal.ts';
import { tell } from '../src/engine/narrate.ts';
import { openMigration } from '../src/history/story.ts';
import { Catalog } from '../src/model/catalog.ts';
import { SourceText } from '../src/text/source-text.ts';
import { expectationsOf, filesBelow, parseFixture, read } from './fixture.ts';

/** Fixtures whose history is whole: where it is not, the rules are silent. What 18 takes is not tried. */
const paths = filesBelow('fixtures/rules', '.sql').filter((path) => /\/impossible-[a-z]+\//.test(path) && !/\/(?:unknown|in-a-branch|open-source|perhaps-dropped|up-to-17)\.sql$/.test(path));

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
  await database.exec('RESET ALL; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
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

test.each(filesBelow('fixtures/refusals', '.sql'))('%s', async (path) => {
  await database.exec('RESET ALL; DROP SCHEMA IF EXISTS public, app CASCADE; DROP PUBLICATION IF EXISTS all_orders, published_tables; CREATE SCHEMA public;');
  const sql = read(path);
  const source = new SourceText(path, sql);
  let story = openMigration(Catalog.start('empty'), { settings: new Map(), newTables: 'migration' });
  for (const statement of parser.parse(source).statements) {
    const words = sql.slice(statement.span.start, statement.span.end);
    const told = tell(statement, story, 18);
    const refusal = firstRefusal(told.step);
    const foreseen = refusal === undefined ? 'runs' : (refusal.code ?? 'one of several');
    const isInside = story.session.transaction !== undefined && statement.kind !== 'transaction';
    if (isInside) await database.exec('SAVEPOINT before');
    const outcome = await outcomeOf(words);
    if (isInside && outcome !== 'runs') await database.exec('ROLLBACK TO before');
    if (outcome === 'runs') story = told.story;
    const seen = foreseen === 'one of several' && outcome !== 'runs' ? foreseen : outcome;
    expect(`${words}: ${seen}`).toBe(`${words}: ${foreseen}`);
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
