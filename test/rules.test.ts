// One test over all rules: their documents, their fixtures, and what must hold for each of them.

import { rules } from '../rules/index.ts';
import { engineRules } from '../src/engine/unread.ts';
import { differences, examples, filesBelow, findingsIn, lintFixture, read, ruleFixture, withRule, type Fixture, type LintedMigration } from './fixture.ts';

const metas = rules.map(({ meta }) => meta);
const fixtures = filesBelow('fixtures/rules', '.sql');

describe.each(metas)('$id', ({ id, category, summary, hazard, remedy }) => {
  const document = read(`rules/${category}/${id}.md`);

  test('has a document that starts with its name', () => {
    expect(document.split('\n')[0]).toBe(`# ${id}`);
  });

  test('speaks in sentences without a full stop', () => {
    for (const text of [summary, hazard, remedy]) expect(text).toMatch(/^[A-Z].*[^.\s]$/s);
  });

  test('has fixtures that it speaks about, and others where it is silent', () => {
    const own = fixtures.filter((path) => path.startsWith(`fixtures/rules/${id}/`)).map(read);
    const speaking = own.filter((text) => new RegExp(`\\^ +${id}(?: \\(\\w+\\))?(?:: .+)?$`, 'm').test(text));
    expect(speaking.length).toBeGreaterThanOrEqual(3);
    expect(own.length - speaking.length).toBeGreaterThanOrEqual(3);
  });

  test('finds the bad examples of its document', async () => {
    const bad = examples(document, 'bad');
    expect(bad.length).toBeGreaterThan(0);
    for (const sql of bad) expect(ruleNames(await lintFixture(withRule(id, sql)))).toContain(id);
  });

  test('the good examples of its document are clean under all rules', async () => {
    const good = examples(document, 'good');
    expect(good.length).toBeGreaterThan(0);
    for (const sql of good) {
      const linted = await lintFixture(withRule(id, sql));
      expect(linted.at(-1)?.findings.map(({ message }) => message)).toEqual([]);
    }
  });
});

test('every example of a locking rule has tables to be played on', () => {
  const locking = metas.filter(({ category }) => category === 'locking');
  const standalone = locking.filter(({ id }) => {
    const document = read(`rules/locking/${id}.md`);
    return (['bad', 'good'] as const).some((kind) => examples(document, kind).some((text) => !text.includes('-- file:')));
  });
  expect(filesBelow('fixtures/outages', '.sql')).toEqual(standalone.map(({ id }) => `fixtures/outages/${id}.sql`).toSorted());
});

test('every document belongs to a rule, or to a finding that no rule makes', () => {
  const ofRules = metas.map(({ id, category }) => `rules/${category}/${id}.md`);
  const documents = filesBelow('rules', '.md');
  const others = documents.filter((path) => !ofRules.includes(path));
  expect(documents).toEqual([...ofRules, ...others].toSorted());
  expect(engineRules.map(({ id, category }) => `rules/${category}/${id}.md`)).toEqual(expect.arrayContaining(others));
  for (const path of others) expect(read(path).split('\n')[0]).toBe(`# ${path.replace(/^.*\/|\.md$/g, '')}`);
});

describe('fixtures', () => {
  test.each(fixtures)('%s', async (path) => {
    expect((await lintFixture(ruleFixture(path))).flatMap(differences)).toEqual([]);
  });
});

const singles = fixtures.filter((path) => !/^-- file: /m.test(read(path)));

describe('transformed fixtures', () => {
  const found = async (sql: string, options: Fixture['options']): Promise<string[]> =>
    (await findingsIn(sql, options)).map(({ rule, line }) => `${line} ${rule}`);

  test.each(singles)('%s with CRLF has the same findings on the same lines', async (path) => {
    const { options } = ruleFixture(path);
    expect(await found(read(path).replaceAll('\n', '\r\n'), options)).toEqual(await found(read(path), options));
  });

  test.each(singles)('%s with comments between all words has the same rules', async (path) => {
    const { options } = ruleFixture(path);
    const sql = read(path).replace(/^--.*$/gm, '');
    const rulesOf = async (text: string): Promise<string[]> => (await findingsIn(text, options)).map(({ rule }) => rule);
    expect(await rulesOf(withComments(sql))).toEqual(await rulesOf(sql));
  });
});

test('every prefix of every fixture is linted without an exception, and its findings lie inside', async () => {
  for (const path of singles) {
    const sql = read(path);
    for (let end = 0; end < sql.length; end += 7) {
      const findings = await findingsIn(sql.slice(0, end));
      const lines = sql.slice(0, end).split('\n').length;
      for (const { line, endLine } of findings) expect(line <= endLine && endLine <= lines).toBe(true);
    }
  }
});

function ruleNames(linted: readonly LintedMigration[]): string[] {
  return linted.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

/** A comment wherever white space stands outside of strings and dollar quotes. */
function withComments(sql: string): string {
  const pieces = sql.match(/'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|--[^\n]*|[^\s'$-]+|\s+|[\s\S]/g) ?? [];
  return pieces.map((piece) => (/^\s+$/.test(piece) ? ` /* ; ' */${piece}` : piece)).join('');
}
