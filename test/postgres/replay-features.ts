// Is a feature of the version that it is said to be of? Every older one has to refuse the statement, and no other.

import type { Statement } from '../../src/model/statement.ts';
import { Refusal, type Connection } from '../../src/trace/connection.ts';
import { connectToScratch } from './server-at.ts';
import { sqlOf, type EffectFixture } from './effect-fixture.ts';
import type { Case } from './replay-fixture.ts';

/** What PostgreSQL says of what it does not know: a syntax error, an unsupported feature, an undefined or invalid name. */
const unknownToPostgres: ReadonlySet<string> = new Set(['0A000', '22023', '42601', '42704', '42703', '42883', '42P01', '42P16', '42P17', '42809']);

/** `url`: of any database on the server; statements run in scratch databases. */
export async function replayFeatures(fixture: EffectFixture, url: string): Promise<Case[]> {
  const cases: Case[] = [];
  const { version, answers } = await askInTransactions(fixture, url);
  for (const [index, statement] of fixture.measured.entries()) {
    const answer = answers[index];
    const refused = answer?.code === '25001' ? await askOutside(statement, fixture, url) : answer;
    const since = Math.max(...statement.features.map((feature) => feature.since));
    const { line } = fixture.source.rangeOf(statement.span);
    cases.push({
      place: `${fixture.source.path}:${line}`,
      sql: sqlOf(fixture, statement).replace(/\s+/g, ' '),
      differences: differencesOf(since, version, refused),
      refused: refused && `${refused.code} ${refused.message}`,
    });
  }
  return cases;
}

function differencesOf(since: number, version: number, refused: Refusal | undefined): string[] {
  if (since <= version) return refused ? [`said to be known since ${since}, but refused: ${refused.code} ${refused.message}`] : [];
  if (refused === undefined) return [`said to be known since ${since} only, but PostgreSQL runs it`];
  return unknownToPostgres.has(refused.code) ? [] : [`refused for another reason: ${refused.code} ${refused.message}`];
}

type Answer = Refusal | undefined;

/** Each behind the setup in a transaction that is rolled back: roles would outlive the database. */
async function askInTransactions(fixture: EffectFixture, url: string): Promise<{ readonly version: number; readonly answers: readonly Answer[] }> {
  const { connection, version, stop } = await connectToScratch(url);
  try {
    const answers: Answer[] = [];
    for (const statement of fixture.measured) {
      await connection.run('BEGIN');
      for (const one of fixture.setup) await connection.run(sqlOf(fixture, one));
      answers.push(await attempt(connection, sqlOf(fixture, statement)));
      await connection.run('ROLLBACK');
    }
    return { version, answers };
  } finally {
    await stop();
  }
}

/** For what PostgreSQL refuses in a transaction. */
async function askOutside(statement: Statement, fixture: EffectFixture, url: string): Promise<Answer> {
  const { connection, stop } = await connectToScratch(url);
  try {
    for (const one of fixture.setup) await connection.run(sqlOf(fixture, one));
    return await attempt(connection, sqlOf(fixture, statement));
  } finally {
    await stop();
  }
}

async function attempt(connection: Connection, sql: string): Promise<Answer> {
  try {
    await connection.run(sql);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
