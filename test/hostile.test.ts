// What nobody writes on purpose, and somebody will: no text makes a run crash, hang or pass over anything in silence.

import { lintText, type LintJson } from '../src/project/index.ts';

jest.setTimeout(240_000);

const drop = 'DROP TABLE orders;';
const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join('');

async function rulesIn(sql: string): Promise<ReadonlySet<string>> {
  return new Set((await lintText(sql)).findings.map(({ rule }) => rule));
}

describe('a text that is too deep or too broken for the grammar is a finding, and what follows it is linted', () => {
  test.each([
    ['10,000 parentheses', `SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)};`],
    ['10,000 open parentheses', `SELECT ${'('.repeat(10_000)}1;`],
    ['10,000 subqueries', `SELECT ${'(SELECT '.repeat(10_000)}1${')'.repeat(10_000)};`],
    ['10,000 CASEs', `SELECT ${'CASE WHEN true THEN '.repeat(10_000)}1${' END'.repeat(10_000)};`],
    ['100,000 operators', `SELECT 1${'+1'.repeat(100_000)};`],
    ['20,000 UNIONs', `SELECT 1${' UNION SELECT 1'.repeat(20_000)};`],
    ['a word of a million letters', `${'a'.repeat(1_000_000)};`],
    ['a million quotes', `SELECT 1 ${"''".repeat(500_000)} 2;`],
    ['a statement of 5 MB', `INSERT INTO customers VALUES ('${'x'.repeat(5_000_000)}');`],
  ])('%s', async (_, sql) => {
    const found = await rulesIn(`${sql}\n${drop}`);
    expect([found.has('syntax-error') || found.has('oversized-input'), found.has('dropped-table')]).toEqual([true, true]);
  });

  test('10,000 comments in each other are none', async () => {
    const found = await rulesIn(`${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}\n${drop}`);
    expect([found.has('syntax-error'), found.has('dropped-table')]).toEqual([false, true]);
  });

  test('a message is no longer than a screen, however long the word is that it quotes', async () => {
    const { findings } = await lintText('é💥'.repeat(100_000));
    expect(findings.map(({ message }) => message.length)).toEqual([expect.any(Number)]);
    expect(findings[0]?.message.length).toBeLessThan(400);
    expect(findings[0]?.message).toMatch(/^Syntax error at or near "é💥.*…"$/u);
  });
});

test.each([
  ["'hello' -- 'greeting'\n  'world'"],
  ["E'it\\'s ' -- one\n\n-- two\n'--no\n comment'"],
  ["U&'hello' -- greeting\r\n 'world'"],
  ["b'111' -- bits\n '10'"],
])('a comment between the pieces of a string keeps nobody from reading it: %s', async (literal) => {
  const found = await rulesIn(`SELECT ${literal};\n${drop}`);
  expect([found.has('syntax-error'), found.has('dropped-table')]).toEqual([false, true]);
});

describe('thousands of statements end in a report', () => {
  test.each([
    ['that nobody finished, with BEGIN ATOMIC', times(5000, (index) => `CREATE FUNCTION f${index}() RETURNS int BEGIN ATOMIC SELECT 1;\n`)],
    ['that nobody finished, with CREATE RULE', times(5000, () => 'CREATE RULE r AS ON INSERT TO orders DO ALSO (SELECT 1;\n')],
    ['with a quote that nobody closed', times(5001, () => "SELECT 'a;\n")],
    ['with a dollar quote that nobody closed', times(5000, (index) => `SELECT $a${index}$;\n`)],
    ['with mistakes', times(5000, () => 'INSRT INTO orders VALUES (1);\n')],
    ['about a table of its own each', times(5000, (index) => `CREATE TABLE t${index} (id int);\n`)],
    ['about one table', times(3000, (index) => `CREATE INDEX i${index} ON orders (a);\n`)],
    ['of a migration of its own each', times(5000, (index) => `-- Running upgrade ${index} -> ${index + 1}\nDROP VIEW v${index};\n`)],
    ['of one CREATE TABLE', `CREATE TABLE t (a int${times(3000, (index) => `, c${index} varchar(3)`)});`],
    ['of one DROP TABLE', `DROP TABLE t${times(1500, (index) => `, t${index}`)};`],
    ['of rows', times(30_000, (index) => `INSERT INTO orders VALUES (${index});\n`)],
  ])('%s', async (_, sql) => {
    const report: LintJson = await lintText(sql);
    expect(report.summary.statements + report.summary.unparsed).toBeGreaterThan(0);
  });

  test('100,000 of them too: what is more than the limit is a finding', async () => {
    const { findings } = await lintText(times(100_000, (index) => `ALTER TABLE t${index % 50_000} DROP COLUMN a;\n`));
    expect(findings.filter(({ rule }) => rule === 'oversized-input')).toEqual([
      expect.objectContaining({ line: 10_001, endLine: 100_000, message: 'The file makes more than 10000 changes, and no more are followed' }),
    ]);
  });
});

describe('no pattern of ours tries one text in more ways than it has letters', () => {
  const long = 300_000;
  test.each([
    ['space before what is none of psql\'s variables', `SELECT 1;${'\t'.repeat(long)}x`],
    ['space in a comment to us', `/* pgmigrate-lint-ignore dropped-table: ${'\t'.repeat(long)}x */\n${drop}`],
    ['lines in a comment to us', `/* pgmigrate-lint-ignore dropped-table: ${'\n*'.repeat(long)}x */\n${drop}`],
    ['digits of a duration', `SET lock_timeout = '${'0'.repeat(long)} x';`],
    ['semicolons in comments, behind a mistake', `SELECT 'a${';--'.repeat(long)}`],
    ['empty lines', `${'\n'.repeat(long)}${drop}`],
    ['comment lines', `${'--\n'.repeat(long)}${drop}`],
    ['ways back that nobody closed', `--liquibase formatted sql\n--changeset a:1\n${'/* liquibase rollback '.repeat(long / 20)}`],
    ['placeholders that nobody closed', '{{'.repeat(long)],
    ['others that nobody closed', '${'.repeat(long)],
    ['COPY that nobody ends', 'COPY t FROM stdin '.repeat(long / 10)],
  ])('%s', async (_, sql) => {
    expect((await lintText(sql)).version).toBe(1);
  });
});

describe('what PostgreSQL refuses because it goes round in a circle does not go round here', () => {
  const later = [
    'ALTER TABLE orders ADD CHECK (a > 0)',
    'CREATE INDEX i ON orders (a)',
    'ALTER TABLE orders ADD PRIMARY KEY (a)',
    'ALTER TABLE orders ADD b int DEFAULT first()',
    'ALTER TABLE orders ALTER a TYPE bigint',
    'ALTER TABLE customers ATTACH PARTITION orders DEFAULT',
    'ALTER TABLE orders DETACH PARTITION orders',
    'ALTER DOMAIN total ADD CHECK (VALUE > 0)',
    'TRUNCATE orders',
    'DROP TABLE orders, customers CASCADE',
  ].join(';\n');
  const partitioned = 'CREATE TABLE orders (a int) PARTITION BY LIST (a); CREATE TABLE customers (a int) PARTITION BY LIST (a);';

  test.each([
    ['a partition of itself', `${partitioned} ALTER TABLE orders ATTACH PARTITION orders FOR VALUES IN (0);`],
    ['a partition of its partition', `${partitioned} ALTER TABLE orders ATTACH PARTITION customers DEFAULT; ALTER TABLE customers ATTACH PARTITION orders DEFAULT;`],
    ['a partition that is made of itself', 'CREATE TABLE orders PARTITION OF orders DEFAULT PARTITION BY LIST (a);'],
    ['unknown partitions', 'ALTER TABLE orders ATTACH PARTITION customers DEFAULT; ALTER TABLE customers ATTACH PARTITION orders DEFAULT;'],
    ['a table that inherits from its heir', 'CREATE TABLE orders (a int); CREATE TABLE customers () INHERITS (orders); ALTER TABLE orders INHERIT customers;'],
    ['domains', 'CREATE DOMAIN total AS price; CREATE DOMAIN price AS total; CREATE TABLE orders (a price);'],
    ['functions', "CREATE FUNCTION first() RETURNS int LANGUAGE sql AS 'SELECT second()'; CREATE FUNCTION second() RETURNS int LANGUAGE sql AS 'SELECT first()';"],
    ['views', 'CREATE VIEW orders AS SELECT a FROM customers; CREATE VIEW customers AS SELECT a FROM orders;'],
    ['parts of indexes', `${partitioned} CREATE INDEX i ON ONLY orders (a); CREATE INDEX j ON ONLY orders (a); ALTER INDEX i ATTACH PARTITION j; ALTER INDEX j ATTACH PARTITION i;`],
  ])('%s', async (_, sql) => {
    for (const postgres of [14, 18]) {
      const { summary } = await lintText(later, { postgres, history: [{ path: '1.sql', sql }] });
      expect([summary.statements, summary.unparsed]).toEqual([10, 0]);
      expect((await lintText(`${sql}\n${later}`, { postgres })).summary.unparsed).toBe(0);
    }
  });
});
