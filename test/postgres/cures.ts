// The proofs of all cures on a server.

import { cure, exampleCases, fixtureCases, migrationsOfCase, rulesCured, writtenIn } from './cure-cases.ts';
import { emptied } from './empty-database.ts';
import type { Outage } from './outage.ts';
import { proveCure, type CuredCase } from './prove-cure.ts';
import { connectToScratch } from './server-at.ts';

/** Those that something is written for. */
export async function curedCases(wanted: (name: string) => boolean): Promise<readonly CuredCase[]> {
  const cases: CuredCase[] = [];
  for (const one of [...fixtureCases, ...exampleCases].filter(({ name }) => wanted(name))) {
    const done = await cure(one);
    const isWritten = done.text !== one.given.sql || done.files.length > 0;
    if (isWritten) cases.push({ one, rules: rulesCured(done), migrations: await migrationsOfCase(one, writtenIn(one, done)) });
  }
  return cases;
}

/** `url`: of any database on the server; a database of its own is emptied for each run. */
export async function proveCures(cases: readonly CuredCase[], url: string, version: number): Promise<Outage[]> {
  const outages: Outage[] = [];
  const wanted = cases.filter(({ one }) => (one.postgres ?? 14) <= version);
  if (wanted.length === 0) return outages;
  const server = await connectToScratch(url);
  try {
    for (const cured of wanted) {
      outages.push({ rule: cured.rules.join(', '), example: cured.one.name, failures: await proveCure(cured, { count: rowsInTable, isWatched: true, fresh: () => emptied(server) }) });
    }
  } finally {
    await server.stop();
  }
  return outages;
}

/** Several batches of them. */
const rowsInTable = 300;
