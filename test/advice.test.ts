// What documents tell to do instead: each piece of advice is played on real servers, or is words for a reason, and our own rules have nothing against it.

import { rules } from '../rules/index.ts';
import { lintText } from '../src/project/index.ts';
import { examples, filesBelow, read } from './fixture.ts';
import { adviceOf } from './postgres/advice-fixture.ts';

/** PostgreSQL takes it in place of what it refuses. */
const refusals = 'test/refusals.test.ts runs it';

/** Why the examples of a document are not played. */
const onlyWords: Readonly<Record<string, string>> = {
  'blocking-partition-split': 'there is no server of PostgreSQL 19',
  'impossible-action': refusals,
  'impossible-column': refusals,
  'impossible-key': refusals,
  'impossible-partition': refusals,
  'impossible-replacement': refusals,
  'missing-transaction': 'what it says to do is to open a transaction',
  'nested-transaction': 'its tables are new',
  'set-null-on-required-column': 'its tables are new',
  'unsupported-by-extension': 'the servers have no TimescaleDB',
  'unsupported-by-version': 'its table is new',
};

const metas = rules.map(({ meta }) => meta);
const played = metas.flatMap(({ id, category }) => adviceOf(id, category));

test('every example of what to do instead is played, or there is a reason not to', () => {
  const all = metas.filter(({ id, category }) => !(id in onlyWords) && (category !== 'schema' || id === 'missing-if-exists'));
  const wanted = all.flatMap(({ id, category }) => examples(read(`rules/${category}/${id}.md`), 'good').map((_, index) => `${id} ${index + 1}`));
  expect(played.map(({ rule, number }) => `${rule} ${number}`)).toEqual(wanted);
  expect(filesBelow('fixtures/advice', '.sql')).toEqual([...new Set(played.map(({ rule }) => `fixtures/advice/${rule}.sql`))].toSorted());
});

test('advice about schemas is about tables that are new', () => {
  const schema = metas.filter(({ id, category }) => category === 'schema' && id !== 'missing-if-exists');
  for (const { id } of schema) for (const sql of examples(read(`rules/schema/${id}.md`), 'good')) expect(sql).toMatch(/^(?:SET search_path = \w+;\n)?CREATE (?:TABLE|FUNCTION)/);
});

test.each(played)('no rule has anything against $rule, advice $number', async ({ rule, since, isInTransaction, before, steps }) => {
  const found: string[] = [];
  for (const [index, { path, sql }] of steps.entries()) {
    const history = [...before, ...steps.slice(0, index)];
    const { findings } = await lintText(sql, { path, history, postgres: since, ...(isInTransaction ? { transaction: 'file' as const } : {}), rules: { [rule]: metas.find(({ id }) => id === rule)?.severity ?? 'error' } });
    found.push(...findings.filter(({ severity }) => severity !== 'info').map((finding) => `${path}:${finding.line} ${finding.rule}: ${finding.message}`));
  }
  expect(found).toEqual([]);
});

test.each(played)('$rule, advice $number has code that reads and writes', ({ code, steps }) => {
  expect(code.some((sql) => sql.startsWith('SELECT '))).toBe(true);
  expect(code.some((sql) => !sql.startsWith('SELECT '))).toBe(true);
  expect(steps.length).toBeGreaterThan(0);
});
