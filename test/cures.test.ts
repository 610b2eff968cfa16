// What cures write, by fixtures/cures: the migrations of a project, of which the last is new, and behind `-- cured: PATH` each file as it is
// to be. Both are run on the embedded PostgreSQL, on tables with rows: the schema behind them and the rows are the same, and less is locked and done on the way, unless what was
// given is refused (`-- refused: CODE`), or the cure is one that changes the result (`-- differs: WHY`). `npm run prove -- --only cures` does so on servers, while others read and
// write. `-- rows: TABLE.COLUMN = EXPRESSION` over n, the number of a row, says what a table needs that chance does not give it, `-- empty: TABLE: WHY` which one has none.
// `-- rules: ID, ID` are those that are on beside others, `-- cures: ID, ID` those whose findings have to be cured, in whose documents no example is.
// `-- beside: PATH` is what else the tool keeps there. All is written to a disk and found there again: the tool runs it in the order of the
// sections. With `-- undone: true`, the ways down take back all that is new, and what is
// taken back but for the first can be done once more. `-- withheld: RULE: WHY` is what is left, if anything is said of it.

import { levelsOf } from '../src/cure/index.ts';
import { remedies } from '../src/cure/cures/index.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { readCureFixture } from './cure-fixture.ts';
import { migrationsOf } from './cured-project.ts';
import { read } from './fixture.ts';
import { behind } from './postgres/behind.ts';
import { cure, exampleCases, fixtureCases, migrationsOfCase, rulesCured, writtenIn, type CureCase } from './postgres/cure-cases.ts';
import { emptied } from './postgres/empty-database.ts';
import { proveCure } from './postgres/prove-cure.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

test.each(fixtureCases)('$name', async (one) => {
  const { head, cured, withheld } = readCureFixture(read(one.name));
  const { framework, transaction, given, earlier, beside } = one;
  const done = await cure(one);
  const written = writtenIn(one, done);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(cured));
  expect(done.afterwards).toEqual(head.has('afterwards') ? [head.get('afterwards')] : []);
  const offered = done.report.findings.flatMap(({ rule, fingerprint }) => (done.cures.has(fingerprint) ? [{ rule, level: done.cures.get(fingerprint)?.level }] : []));
  expect(offered.filter(({ rule, level }) => !levelsOf(rule).some((one) => one === level))).toEqual([]);
  if (withheld.length > 0) expect(done.withheld.map(({ finding, why }) => `${finding.rule}: ${why}`)).toEqual(withheld);
  const rules = rulesCured(done);
  expect(rules).toEqual(expect.arrayContaining([...one.cures]));
  const again = await cure({ ...one, given: { path: given.path, sql: done.text }, beside: [...beside, ...done.files.map(({ path, text }) => ({ path, sql: text }))] });
  expect(again.text).toBe(done.text);

  const migrations = await migrationsOfCase(one, written);
  const ups = [...migrations.earlier, ...migrations.cured];
  const run = [...new Set(ups.map(({ source }) => source.path))].filter((file) => file.endsWith('.sql'));
  expect(run).toEqual([...earlier.map((file) => file.path), ...cured.keys()].filter((file) => run.includes(file)));
  expect(run).toEqual(expect.arrayContaining([given.path]));
  expect(await proveCure({ one, rules, migrations }, { count: rowsInTable, isWatched: isSample(one), fresh: () => emptied(server) })).toEqual([]);

  if (head.get('undone') !== 'true') return;
  const lying = [...earlier, ...beside].map((file) => [file.path, file.sql] as const);
  const both = await migrationsOf({ framework, transaction, files: new Map([...lying, ...written]) }, true);
  const downs = both.slice(both.findIndex(({ source }) => source.path === given.path)).filter(({ direction }) => direction === 'aside');
  const before = await migrationsOf({ framework, transaction, files: new Map(lying) });
  expect(await behind([...ups, ...downs.toReversed()], server)).toEqual(await behind(before, server));
  const [, ...laterUps] = migrations.cured;
  const [, ...laterDowns] = downs;
  expect(await behind([...ups, ...laterDowns.toReversed(), ...laterUps], server)).toEqual(await behind(ups, server));
});

/** Other tools run the same statements; servers watch them all. */
function isSample({ framework }: CureCase): boolean {
  return framework === undefined || framework === 'goose';
}

/** More than a batch of them. */
const rowsInTable = 120;

test('a cure that does what was given does as much harm, by each rule', async () => {
  const one = fixtureCases.find(({ name }) => name === 'fixtures/cures/goose.sql');
  const rules = ['missing-lock-timeout', 'unproven-not-null', 'unsplit-constraint', 'non-concurrent-index', 'blocking-index-drop'];
  const failures = await failuresOf(one, rules, one?.given.sql ?? '');
  expect(failures).toEqual(expect.arrayContaining(rules.map((rule) => expect.stringContaining(`what ${rule} finds does as much harm when it is cured`))));
  expect(failures).toContainEqual(expect.stringContaining('nothing limits the wait'));
});

test('a cure that validates where the table is still locked does as much harm', async () => {
  const one = fixtureCases.find(({ name }) => name === 'fixtures/cures/columns.sql');
  const [given = '', ...validation] = [...readCureFixture(read(one?.name ?? '')).cured.values()].map((sql) => sql.replace('-- +goose Up\n', ''));
  const together = `-- +goose Up\n${given}${validation.join('')}`;
  const failures = await failuresOf(one, ['unsplit-constraint'], together);
  expect(failures).toContainEqual(expect.stringContaining('what unsplit-constraint finds does as much harm'));
  expect(failures).toContainEqual(expect.stringContaining('the cure brings harm, meanwhile'));
});

async function failuresOf(one: CureCase | undefined, rules: readonly string[], cured: string): Promise<readonly string[]> {
  if (one === undefined) return [];
  const migrations = await migrationsOfCase(one, new Map([[one.given.path, cured]]));
  return proveCure({ one, rules, migrations }, { count: rowsInTable, isWatched: true, fresh: () => emptied(server) });
}

test('every tool is cured in a fixture, or said not to be', () => {
  const named = new Set(fixtureCases.map(({ framework }) => framework ?? 'plain'));
  const printed = Object.values(frameworks).filter(({ isPrinted }) => isPrinted === true).map(({ name }) => name);
  expect(Object.values(frameworks).flatMap(({ name }) => (named.has(name) ? [] : name))).toEqual(printed.filter((name) => name !== 'efcore'));
});

test('every tool whose files can be written is in a case that proves a cure', () => {
  const isWritten = ({ name, given }: CureCase): boolean => [...readCureFixture(read(name)).cured].some(([path, text]) => path !== given.path || text !== given.sql);
  const proven = new Set(fixtureCases.filter(isWritten).map(({ framework }) => framework ?? 'plain'));
  expect(Object.values(frameworks).flatMap(({ name, authoring }) => (authoring === undefined || proven.has(name) ? [] : name))).toEqual([]);
});

test('every rule that has a cure is in a case that proves it', () => {
  const proven = new Set([...fixtureCases, ...exampleCases].flatMap(({ cures }) => cures));
  expect([...remedies.keys()].filter((rule) => !proven.has(rule))).toEqual([]);
});
