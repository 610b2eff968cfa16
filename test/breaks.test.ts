// The rules about compatibility speak where running code breaks: a statement that works before a migration is tried again after it.

import { PGlite } from '@electric-sql/pglite';
import { rules } from '../rules/index.ts';
import { lintText } from '../src/project/index.ts';
import { filesBelow, read } from './fixture.ts';

interface Case {
  readonly rule: string;
  readonly history: string;
  readonly migration: string;
  readonly code: string;
  /** `works`, or the SQLSTATE that the code gets. */
  readonly outcome: string;
}

const cases = filesBelow('fixtures/breaks', '.sql').flatMap(casesIn);

function casesIn(path: string): Case[] {
  const rule = path.replace(/^.*\/(.+)\.sql$/, '$1');
  const parts = read(path).matchAll(/^-- history\n([\s\S]*?)^-- migration\n([\s\S]*?)^-- code: (\w+)\n([^\n]+)/gm);
  return Array.from(parts, ([, history = '', migration = '', outcome = '', code = '']) => ({ rule, history, migration, code, outcome }));
}

jest.setTimeout(120_000);

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
});

afterAll(async () => {
  await database.close();
});

test('every rule about compatibility has cases of both kinds', () => {
  const ids = rules.map(({ meta }) => meta).filter(({ category }) => category === 'compatibility');
  const has = (id: string, works: boolean): boolean => cases.some(({ rule, outcome }) => rule === id && (outcome === 'works') === works);
  expect(ids.filter(({ id }) => !has(id, true) || !has(id, false)).map(({ id }) => id)).toEqual([]);
});

test.each(cases)('$rule: $code is answered with $outcome', async ({ rule, history, migration, code, outcome }) => {
  await database.exec(`${cleared}${history}`);
  expect(await outcomeOf(code)).toBe('works');
  await database.exec(migration);
  expect(await outcomeOf(code)).toBe(outcome);
  const { findings } = await lintText(migration, { history: [{ path: '0001_history.sql', sql: history }] });
  const speaks = findings.some((finding) => finding.rule === rule);
  expect(speaks).toBe(outcome !== 'works');
});

/** As the database was before the first case. */
const cleared = 'DEALLOCATE ALL; DROP PUBLICATION IF EXISTS feed; DROP SCHEMA IF EXISTS sales, public CASCADE; CREATE SCHEMA public;';

async function outcomeOf(code: string): Promise<string> {
  try {
    await database.exec(code);
    return 'works';
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  }
}
