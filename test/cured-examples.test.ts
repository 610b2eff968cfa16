// The bad examples of all rule documents whose findings have a cure: it is offered, or there is a reason not to, and what it writes is proven on the
// embedded PostgreSQL, on tables with rows: the schema and the rows behind it are those behind the example, unless PostgreSQL refuses that, and less is locked and done on the way.

import { levelsOf } from '../src/cure/index.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { cure, exampleCases, migrationsOfCase, rulesCured, withheldFrom, writtenIn } from './postgres/cure-cases.ts';
import { emptied } from './postgres/empty-database.ts';
import { proveCure } from './postgres/prove-cure.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

test.each(exampleCases)('$name', async (one) => {
  const [rule = ''] = one.on;
  const done = await cure(one);
  const found = done.report.findings.filter((finding) => finding.rule === rule);
  expect(found).not.toEqual([]);
  const why = withheldFrom[one.name];
  if (why !== undefined) {
    expect(done.withheld.filter(({ finding }) => finding.rule === rule).map((withheld) => withheld.why)).toEqual([why]);
    return;
  }
  const [offered] = found.flatMap(({ fingerprint }) => done.cures.get(fingerprint) ?? []);
  expect(levelsOf(rule)).toContain(offered?.level);
  expect(done.left.findings.filter((finding) => finding.rule === rule)).toEqual([]);
  const again = await cure({ ...one, given: { path: one.given.path, sql: done.text } });
  expect(again.report.findings.filter((finding) => finding.rule === rule)).toEqual([]);
  expect(again.text).toBe(done.text);
  const migrations = await migrationsOfCase(one, writtenIn(one, done));
  expect(await proveCure({ one, rules: rulesCured(done), migrations }, { count: rowsInTable, isWatched: true, fresh: () => emptied(server) })).toEqual([]);
});

/** More than a batch of them. */
const rowsInTable = 120;
