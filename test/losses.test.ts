// What the rule narrowed-type says of values is what PostgreSQL does to them.

import { PGlite } from '@electric-sql/pglite';
import { lintText } from '../src/project/index.ts';
import { read } from './fixture.ts';

type Fate = 'keeps' | 'rounds' | 'cuts' | 'refuses';

interface Case {
  readonly from: string;
  readonly value: string;
  readonly to: string;
  readonly using: string;
  readonly fate: string;
}

const cases = read('fixtures/losses.txt').split('\n').flatMap(caseOf);

function caseOf(line: string): Case[] {
  const [, from = '', value = '', to = '', cast, fate = ''] = /^([a-z][^']*) ('.*') -> (.+?)( by cast)?: (\w+)$/.exec(line) ?? [];
  return fate === '' ? [] : [{ from, value, to, using: cast ? ` USING value::${to}` : '', fate }];
}

jest.setTimeout(120_000);

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
});

afterAll(async () => {
  await database.close();
});

test('every line of the fixture is a case', () => {
  const lines = read('fixtures/losses.txt').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(cases.length).toBe(lines.length);
});

describe.each(cases)('$from $value to $to$using $fate', ({ from, value, to, using, fate }) => {
  const change = `ALTER TABLE orders ALTER COLUMN value TYPE ${to}${using};`;

  test('is what the rule says', async () => {
    const sql = `CREATE TABLE orders (id bigint PRIMARY KEY, value ${from});`;
    const { findings } = await lintText(change, { history: [{ path: '0001_orders.sql', sql }] });
    expect(fateIn(findings.find(({ rule }) => rule === 'narrowed-type')?.message)).toBe(fate);
  });

  test('is what PostgreSQL does', async () => {
    await database.exec(`DROP TABLE IF EXISTS orders; CREATE TABLE orders (id bigint, value ${from}, old text);`);
    await database.exec(`INSERT INTO orders VALUES (1, ${value}, ${value})`);
    const isRefused = await database.exec(change).then(
      () => false,
      () => true,
    );
    const isKept = !isRefused && (await holdsTheSame());
    expect({ isRefused, isKept }).toEqual({ isRefused: fate === 'refuses', isKept: fate === 'keeps' });
  });

  /** Cast back to the old type, the value is what it was. */
  async function holdsTheSame(): Promise<boolean> {
    const { rows } = await database.query<{ same: boolean }>(`SELECT value::text::${from}::text = old::${from}::text AS same FROM orders`).catch(lost);
    return rows[0]?.same === true;
  }
});

/** What is left is no value of the old type. */
function lost(): { readonly rows: { readonly same: boolean }[] } {
  return { rows: [{ same: false }] };
}

function fateIn(message: string | undefined): Fate {
  if (message === undefined) return 'keeps';
  if (message.includes(' rounds ')) return 'rounds';
  return message.includes(' cuts off ') ? 'cuts' : 'refuses';
}
