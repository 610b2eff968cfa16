// What plans say, by fixtures/plans, and that they do what they say: each is played on the embedded PostgreSQL, on tables with rows, with
// the statements of running code between those of the plan. `npm run prove -- --only plans` plays them on servers, with several sessions.

import { planners } from '../src/cure/plans/index.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Parser } from '../src/parser/parser.ts';
import { plansPretty } from '../src/reporters/plan-pretty.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import type { Server } from '../src/trace/connection.ts';
import { filesBelow, read } from './fixture.ts';
import { emptyDatabase } from './postgres/empty-database.ts';
import { readPlanFixture } from './postgres/plan-fixture.ts';
import { plannedBy } from './postgres/plans.ts';
import { playPlan } from './postgres/play-plan.ts';

jest.setTimeout(60_000);

let server: Server;
let parser: Parser;

beforeAll(async () => {
  server = await startEmbedded(new Set(['btree_gist']));
  parser = libpgParser(await loadGrammar());
});

afterAll(() => server.stop());

/** There is only one session, so it is emptied instead of being thrown away. */
async function fresh(): Promise<Server> {
  await server.connection.run('ROLLBACK');
  await emptyDatabase(server.connection);
  await server.connection.run('SET search_path = public');
  return { ...server, stop: () => Promise.resolve() };
}

const fixtures = filesBelow('fixtures/plans', '.sql').map((path) => ({ path, fixture: readPlanFixture(read(path)) }));

test('every plan has a fixture', () => {
  const played = new Set(fixtures.map(({ fixture }) => fixture.rule));
  expect([...planners.keys()].filter((rule) => !played.has(rule))).toEqual([]);
});

test.each(fixtures)('$path', async ({ fixture }) => {
  const planned = await plannedBy(fixture);
  expect(plansPretty([planned], { color: false, width: 120 })).toBe(fixture.plan);
  const { plan } = planned;
  if (plan === undefined || 'why' in plan || fixture.rows === '') return;
  expect(await playPlan(plan, fixture, parser, fresh)).toEqual([]);
});
