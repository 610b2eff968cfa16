// The Node API: what other programs build on.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../src/model/limits.ts';
import { loadParser } from '../src/project/reading/load-parser.ts';
import { explainText, lintText, openProject, UserError } from '../src/project/index.ts';

describe('lintText', () => {
  test('gives the JSON of the contracts', async () => {
    const result = await lintText("SET lock_timeout = '5s';\nCREATE INDEX orders_status_idx ON orders (status);\n", {
      path: 'db/0042.sql',
    });
    expect(result).toEqual({
      version: 1,
      postgres: 14,
      summary: { migrations: 1, linted: 1, statements: 2, error: 1, warning: 0, info: 0, suppressed: 0, unparsed: 0 },
      findings: [
        {
          rule: 'non-concurrent-index',
          category: 'locking',
          severity: 'error',
          path: 'db/0042.sql',
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 50,
          message: 'Building this index blocks writes to public.orders until it is done',
          help: 'Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
          statement: { line: 2, column: 1, endLine: 2, endColumn: 50 },
          effects: [{ relation: 'public.orders', lock: 'SHARE', work: ['index-build'], new: false, certainty: 'known' }],
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
          fix: {
            level: 'safe',
            title: 'Build the index concurrently, outside of transactions',
            edits: [{ path: 'db/0042.sql', line: 2, column: 1, endLine: 2, endColumn: 50, text: 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status)' }],
            files: [],
          },
        },
      ],
    });
  });

  test('helps to keep the values of a column that is added anew, and not where it just goes', async () => {
    const history = [{ path: '1.sql', sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);' }];
    const helpOf = async (sql: string): Promise<unknown> =>
      (await lintText(sql, { history })).findings.find(({ rule }) => rule === 'dropped-column')?.help;
    expect(await helpOf('ALTER TABLE orders DROP COLUMN note, ADD COLUMN note jsonb;')).toMatch(/^Change the column as it is; or add the new one/);
    expect(await helpOf('ALTER TABLE orders DROP COLUMN note;')).toMatch(/^First deploy code that neither reads nor writes it/);
  });

  test('points at each bad action of one ALTER TABLE', async () => {
    const sql =
      "SET lock_timeout = '5s';\nALTER TABLE orders\n  ALTER a SET NOT NULL, -- é\n  ADD b int,\n  ALTER c SET NOT NULL;";
    const { findings } = await lintText(sql);
    expect(findings.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [3, 3, 23],
      [5, 3, 23],
    ]);
  });

  test('keeps fingerprints when lines move, and tells equal statements apart', async () => {
    const sql = 'DROP TABLE orders;\nCREATE INDEX ON customers (id);\nCREATE INDEX ON customers (id);\n';
    const prints = async (text: string): Promise<string[]> =>
      (await lintText(text)).findings.map(({ fingerprint }) => fingerprint);
    const before = await prints(sql);
    expect(new Set(before).size).toBe(before.length);
    expect(await prints(`-- moved\n\n${sql.replaceAll(' ON ', '\n  ON ')}`)).toEqual(before);
  });

  test('history decides what is new and what is proven', async () => {
    const history = [{ path: '1.sql', sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text CHECK (note IS NOT NULL));' }];
    const sql = "SET lock_timeout = '1s'; ALTER TABLE orders ALTER note SET NOT NULL;";
    expect((await lintText(sql, { history })).findings).toEqual([]);
    expect((await lintText(sql)).findings.map(({ rule }) => rule)).toEqual(['unproven-not-null']);
  });

  test.each([
    [{ framework: 'golang-migrate' }, ['concurrently-in-transaction']],
    [{ framework: 'flyway' }, ['concurrently-in-transaction']],
    [{ framework: 'prisma', transaction: 'statement' }, []],
    [{ transaction: 'batch' }, ['concurrently-in-transaction']],
    [{ transaction: 'run' }, ['concurrently-in-transaction']],
    [{}, []],
  ] as const)('%j decides how the text is run', async (options, rules) => {
    const { findings } = await lintText('SELECT 1; CREATE INDEX CONCURRENTLY ON orders (status);', options);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });

  test('leaves the way down out, and keeps every place', async () => {
    const sql = '-- +goose Up\nALTER TABLE orders ADD note text;\n-- +goose Down\nCREATE INDEX ON customers (id);\n';
    const { findings } = await lintText(sql);
    expect(findings.map(({ rule, line, column }) => [rule, line, column])).toEqual([['missing-lock-timeout', 2, 1]]);
  });

  test('a statement that does not parse is a finding, and counted', async () => {
    const { summary, findings } = await lintText('SELECT 1; NONSENSE; SELECT 2;');
    expect(summary).toMatchObject({ statements: 2, unparsed: 1, error: 1 });
    expect(findings[0]).toMatchObject({ rule: 'syntax-error', severity: 'error', line: 1, column: 11 });
  });

  test.each([
    [
      'a version that is not known',
      () => lintText('SELECT 1', { postgres: 9 }),
      'postgres must be one of 14, 15, 16, 17, 18, 19, not 9',
    ],
    [
      'a framework that is not known',
      () => lintText('SELECT 1', Object.assign({}, { framework: 'flywai' as const }) as object),
      'unknown framework "flywai"; did you mean "flyway"?',
    ],
    [
      'a rule that is not known',
      () => lintText('SELECT 1', { rules: { 'volatile-defalt': 'off' } }),
      'did you mean "volatile-default"?',
    ],
  ])('%s is the caller’s mistake', async (_name, call, message) => {
    await expect(call()).rejects.toThrow(UserError);
    await expect(call()).rejects.toThrow(message);
  });
});

describe('explainText', () => {
  test('gives the JSON of the contracts', async () => {
    const sql = "BEGIN;\nSET LOCAL lock_timeout = '5s';\nCREATE INDEX ON orders (status);\nCOMMIT;";
    const { version, postgres, migrations } = await explainText(sql, { path: 'a.sql' });
    expect({ version, postgres }).toEqual({ version: 1, postgres: 14 });
    expect(migrations[0]?.statements[2]).toEqual({
      line: 3,
      column: 1,
      endLine: 3,
      endColumn: 32,
      command: 'CREATE INDEX',
      transaction: 'inside',
      lockTimeout: '5s',
      effects: [{ relation: 'public.orders', lock: 'SHARE', work: ['index-build'], new: false, certainty: 'known' }],
      blocks: { reads: [], writes: ['public.orders'] },
    });
  });

  test.each([
    [
      'ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b uuid DEFAULT gen_random_uuid()',
      ['public.orders ACCESS EXCLUSIVE rewrite'],
    ],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (c) REFERENCES app.customers NOT VALID',
      ['public.orders SHARE ROW EXCLUSIVE', 'app.customers SHARE ROW EXCLUSIVE'],
    ],
    ['UPDATE orders SET a = 1', ['public.orders ROW EXCLUSIVE write']],
    ['SELECT * FROM orders FOR UPDATE', []],
    ['CREATE TABLE invoices (id int REFERENCES orders)', ['public.orders SHARE ROW EXCLUSIVE']],
    ['DO $$ BEGIN END $$', []],
  ])('%s', async (sql, effects) => {
    const { migrations } = await explainText(sql);
    const told = migrations[0]?.statements[0]?.effects.map(({ relation, lock, work }) => [relation, lock, ...work].join(' '));
    expect(told).toEqual(effects);
  });
});

test('without WebAssembly the portable parser reads, and a warning says so', async () => {
  const webAssembly: unknown = Reflect.get(globalThis, 'WebAssembly');
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  const { parser, warning } = await loadParser('libpg', defaultLimits);
  Reflect.set(globalThis, 'WebAssembly', webAssembly);
  expect([parser.name, warning]).toEqual(['portable', expect.stringContaining('WebAssembly is missing')]);
});

describe('openProject', () => {
  test('lints the migrations of its configuration', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    writeFileSync(join(cwd, '.pgmigrate-lint.yml'), 'postgres: 16\nmigrations: "*.sql"\n');
    writeFileSync(join(cwd, '1.sql'), 'DROP TABLE orders;');
    const project = await openProject({ cwd });
    expect(await project.lint()).toMatchObject({ postgres: 16, summary: { linted: 1, error: 1 } });
    expect((await project.lint(['1.sql'])).findings.map(({ fix }) => fix?.level ?? null)).toEqual(['human', 'safe']);
    expect((await project.explain(['1.sql'])).migrations).toHaveLength(1);
    await expect(project.lint(['2.sql'])).rejects.toThrow('there is no file or directory "2.sql"');
    rmSync(cwd, { recursive: true });
  });
});
