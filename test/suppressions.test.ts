// Suppressions: the cases of fixtures/suppressions say what is found beside them, and a suppression without use is a finding too.

import { rules } from '../rules/index.ts';
import { squawkRules } from '../src/engine/squawk.ts';
import { lintText } from '../src/project/index.ts';
import { differences, filesBelow, lintFixture, parseFixture, read } from './fixture.ts';

const fixtures = filesBelow('fixtures/suppressions', '.sql');

test.each(fixtures)('%s', async (path) => {
  expect((await lintFixture(parseFixture(read(path)))).flatMap(differences)).toEqual([]);
});

test.each(fixtures)('%s with CRLF', async (path) => {
  const { options, migrations } = parseFixture(read(path));
  const windows = migrations.map(({ path: name, sql }) => ({ path: name, sql: sql.replaceAll('\n', '\r\n') }));
  expect((await lintFixture({ options, migrations: windows })).flatMap(differences)).toEqual([]);
});

test.each(fixtures)('without its comments, what %s suppresses is found', async (path) => {
  const { options } = parseFixture(read(path));
  const { summary } = await lintText(read(path), options);
  const plain = read(path).replace(/(?:pgmigrate-lint|squawk)-ignore/g, 'nothing');
  const bare = await lintText(plain, options);
  expect(bare.summary.suppressed).toBe(0);
  if (summary.suppressed > 0) expect(bare.findings.length).toBeGreaterThan(0);
});

test('the README tells of suppressions that work', async () => {
  const readme = read('README.md');
  const [, sql = ''] = /### Suppressions[\s\S]*?```sql\n([\s\S]*?)```/.exec(readme) ?? [];
  const { findings, summary } = await lintText(sql, { transaction: 'file' });
  expect([findings.map(({ rule }) => rule), summary.suppressed]).toEqual([[], 3]);
});

test('what is suppressed is counted, and nothing else of it is said', async () => {
  const { summary, findings } = await lintText('-- pgmigrate-lint-ignore missing-lock-timeout: why\nALTER TABLE orders ADD note text;');
  expect(summary).toMatchObject({ error: 0, suppressed: 1 });
  expect(findings).toEqual([]);
});

test('a suppression does not change what is known of other findings', async () => {
  const sql = "SET lock_timeout = '1s';\nCREATE INDEX ON orders (id);\nCREATE INDEX ON orders (id);";
  const prints = async (text: string): Promise<string[]> => (await lintText(text)).findings.map(({ fingerprint }) => fingerprint);
  const [, second] = await prints(sql);
  expect(await prints(sql.replace('\n', '\n-- pgmigrate-lint-ignore non-concurrent-index: why\n'))).toEqual([second]);
});

test('a comment in a statement does not change what is known of it', async () => {
  const prints = async (text: string): Promise<string[]> => (await lintText(text)).findings.map(({ fingerprint }) => fingerprint);
  expect(await prints('ALTER TABLE -- not any more\n orders ADD note text;')).toEqual(await prints('ALTER TABLE orders ADD note text;'));
});

describe.each([
  ['suppression-without-reason', '-- pgmigrate-lint-ignore missing-lock-timeout\nALTER TABLE orders ADD note text;'],
  ['unused-suppression', '-- pgmigrate-lint-ignore missing-lock-timeout: why\nSELECT 1;'],
  ['unknown-suppression', '-- pgmigrate-lint-ignore x: why\nSELECT 1;'],
  ['malformed-suppression', '-- pgmigrate-lint-ignore\nSELECT 1;'],
])('%s', (id, sql) => {
  test.each(['error', 'info'] as const)('is as grave as %s', async (severity) => {
    const { findings } = await lintText(sql, { rules: { [id]: severity } });
    expect(findings).toMatchObject([{ rule: id, severity, category: 'schema' }]);
  });

  test('can be turned off', async () => {
    expect((await lintText(sql, { rules: { [id]: 'off' } })).findings).toEqual([]);
  });
});

test('nobody is told that a suppression of a rule that is off is unused', async () => {
  const sql = '-- pgmigrate-lint-ignore missing-lock-timeout: why\nALTER TABLE orders ADD note text;';
  const { findings, summary } = await lintText(sql, { rules: { 'missing-lock-timeout': 'off' } });
  expect([findings, summary.suppressed]).toEqual([[], 0]);
});

describe('the equivalents of rules of squawk', () => {
  const known = rules.map(({ meta }) => meta.id);
  const named = [...new Set(Object.values(squawkRules).flatMap((one) => one.rules))].toSorted();

  test('are rules', () => {
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  test('say why where there is none', () => {
    expect(Object.entries(squawkRules).filter(([, one]) => one.rules.length === 0 && one.note === undefined)).toEqual([]);
  });
});
