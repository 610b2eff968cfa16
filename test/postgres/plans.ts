// The plans of fixtures/plans, played on servers with several sessions.

import { readdirSync } from 'node:fs';
import { rules } from '../../rules/index.ts';
import type { PlannedFinding } from '../../src/model/plan.ts';
import { isPostgresVersion, type PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { planTexts } from '../../src/project/texts.ts';
import { read } from '../fixture.ts';
import type { Outage } from './outage.ts';
import { readPlanFixture, type PlanFixture } from './plan-fixture.ts';
import { playPlan } from './play-plan.ts';
import { connectToScratch } from './server-at.ts';

/** The finding that the fixture is about. */
export async function plannedBy({ rule, postgres, history, migration }: PlanFixture): Promise<PlannedFinding> {
  const meta = rules.find((one) => one.meta.id === rule)?.meta;
  const overrides = { postgres: isPostgresVersion(postgres) ? postgres : undefined, framework: undefined, transaction: undefined, rules: { [rule]: { severity: meta?.severity ?? 'error', options: {} } } };
  const planned = await planTexts(migration, history, overrides, rules);
  const found = planned.find(({ finding }) => finding.rule === rule);
  if (found === undefined) throw new Error(`${rule} finds nothing, but ${planned.map(({ finding }) => finding.rule).join(', ')} do`);
  return found;
}

/** `url`: of any database on the server; each plan has one of its own. What is planned for a newer PostgreSQL is left out. */
export async function playPlans(url: string, version: PostgresVersion, parser: Parser): Promise<Outage[]> {
  const outages: Outage[] = [];
  for (const file of readdirSync('fixtures/plans').toSorted()) {
    const fixture = readPlanFixture(read(`fixtures/plans/${file}`));
    const { plan } = await plannedBy(fixture);
    if (plan === undefined || 'why' in plan || fixture.rows === '' || fixture.postgres > version) continue;
    outages.push({ rule: fixture.rule, example: `plan ${file}`, failures: [...(await playPlan(plan, fixture, parser, () => connectToScratch(url)))] });
  }
  return outages;
}
