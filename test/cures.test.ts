// What cures write, by fixtures/cures: the migrations of a project, of which the last is new, and behind `-- cured: PATH` each file as it is
// to be. Both are run on the embedded PostgreSQL: the schema behind them and the rows are the same, unless what was given is refused
// (`-- refused: CODE`), or the cure is one that changes the result (`-- differs: WHY`). `-- rules: ID, ID` are those that are on beside others.
// `-- beside: PATH` is what else the tool keeps there. All is written to a disk and found there again: the tool runs it in the order of the
// sections. With `-- undone: true`, the ways down take back all that is new, and what is
// taken back but for the first can be done once more. `-- withheld: RULE: WHY` is what is left, if anything is said of it.

import { rules } from '../rules/index.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import type { Server } from '../src/trace/connection.ts';
import { ruleOverrides } from '../src/project/settings/rule-overrides.ts';
import { levelsOf } from '../src/cure/index.ts';
import { cureTexts } from '../src/project/texts.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { readCureFixture } from './cure-fixture.ts';
import { migrationsOf } from './cured-project.ts';
import { filesBelow, read } from './fixture.ts';
import { behind } from './postgres/behind.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

const fixtures = filesBelow('fixtures/cures', '.sql');

test.each(fixtures)('%s', async (path) => {
  const { head, framework, transaction, given, beside, cured, withheld } = readCureFixture(read(path));
  const text = given.at(-1) ?? { path: '', sql: '' };
  const earlier = given.slice(0, -1);
  const version = Number(head.get('postgres') ?? 14);
  const overrides = {
    postgres: isPostgresVersion(version) ? version : undefined,
    framework,
    transaction,
    rules: ruleOverrides(Object.fromEntries((head.get('rules')?.split(', ') ?? []).map((id) => [id, rules.find(({ meta }) => meta.id === id)?.meta.severity ?? ''])), rules.map(({ meta }) => meta.id)),
  };
  const levels = new Set(head.get('unsafe') === 'true' ? (['safe', 'files', 'unsafe'] as const) : (['safe', 'files'] as const));
  const done = await cureTexts(text, earlier, overrides, rules, levels, beside);
  const written = new Map([[text.path, done.text], ...done.files.map((file) => [file.path, file.text] as const)]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(cured));
  expect(done.afterwards).toEqual(head.has('afterwards') ? [head.get('afterwards')] : []);
  const offered = done.report.findings.flatMap(({ rule, fingerprint }) => (done.cures.has(fingerprint) ? [{ rule, level: done.cures.get(fingerprint)?.level }] : []));
  expect(offered.filter(({ rule, level }) => !levelsOf(rule).some((one) => one === level))).toEqual([]);
  if (withheld.length > 0) expect(done.withheld.map(({ finding, why }) => `${finding.rule}: ${why}`)).toEqual(withheld);

  const lying = [...earlier, ...beside].map((file) => [file.path, file.sql] as const);
  const asGiven = { framework, transaction, files: new Map([...lying, [text.path, text.sql]]) };
  const asCured = { framework, transaction, files: new Map([...lying, ...written]) };
  const again = await cureTexts({ path: text.path, sql: done.text }, earlier, overrides, rules, levels, [...beside, ...done.files.map((file) => ({ path: file.path, sql: file.text }))]);
  expect(again.text).toBe(done.text);
  const ups = await migrationsOf(asCured);
  const run = [...new Set(ups.map(({ source }) => source.path))].filter((file) => file.endsWith('.sql'));
  expect(run).toEqual([...earlier.map((file) => file.path), ...cured.keys()].filter((file) => run.includes(file)));
  expect(run).toEqual(expect.arrayContaining([text.path]));

  const behindCured = await behind(ups, server);
  const behindGiven = migrationsOf(asGiven).then((migrations) => behind(migrations, server));
  const refusal = head.get('refused');
  if (refusal !== undefined) await expect(behindGiven).rejects.toMatchObject({ code: refusal });
  else if (head.has('differs')) expect(behindCured).not.toEqual(await behindGiven);
  else expect(behindCured).toEqual(await behindGiven);

  if (head.get('undone') !== 'true') return;
  const both = await migrationsOf(asCured, true);
  const downs = both.slice(both.findIndex(({ source }) => source.path === text.path)).filter(({ direction }) => direction === 'aside');
  const before = await migrationsOf({ ...asGiven, files: new Map([...lying]) });
  expect(await behind([...ups, ...downs.toReversed()], server)).toEqual(await behind(before, server));
  const [, ...laterUps] = ups.slice(ups.findIndex(({ source }) => source.path === text.path));
  const [, ...laterDowns] = downs;
  expect(await behind([...ups, ...laterDowns.toReversed(), ...laterUps], server)).toEqual(behindCured);
});

test('every tool is cured in a fixture, or said not to be', () => {
  const named = new Set<string>(fixtures.flatMap((path) => readCureFixture(read(path)).framework ?? 'plain'));
  const printed = Object.values(frameworks).filter(({ isPrinted }) => isPrinted === true).map(({ name }) => name);
  expect(Object.keys(frameworks).filter((name) => !named.has(name))).toEqual(printed.filter((name) => name !== 'efcore'));
});
