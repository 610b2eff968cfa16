// Replays one fixture on one server, and compares each of its statements with the claim.

import type { Client } from 'pg';
import type { PostgresVersion } from '../../src/model/version.ts';
import { compare } from './compare.ts';
import { withDatabase, type Database } from './database.ts';
import { catalogBehindSetup, claimAbout, sqlOf, type EffectFixture, type MeasuredStatement } from './effect-fixture.ts';
import type { Observation } from './observation.ts';
import { observe } from './observe.ts';
import { indexesOf } from './relations.ts';
import { watch } from './watch.ts';

export interface Case {
  /** `fixtures/effects/indexes.sql:12`. */
  readonly place: string;
  readonly sql: string;
  /** In sentences; empty where claim and server agree. */
  readonly differences: readonly string[];
  /** Why the server refused it. */
  readonly refused: string | undefined;
}

export function replay(fixture: EffectFixture, port: number, version: PostgresVersion): Promise<Case[]> {
  return withDatabase(port, async (database) => {
    const client = await database.connect();
    for (const statement of fixture.setup) await client.query(sqlOf(fixture, statement));
    return replayMeasured(fixture, client, database, version);
  });
}

async function replayMeasured(
  fixture: EffectFixture,
  client: Client,
  database: Database,
  version: PostgresVersion,
): Promise<Case[]> {
  const cases: Case[] = [];
  let catalog = catalogBehindSetup(fixture, version);
  for (const { statement, outside } of fixture.measured) {
    const sql = sqlOf(fixture, statement);
    const { step, after } = claimAbout(fixture, statement, catalog, version);
    const indexes = await indexesOf(client);
    const observation = await observeOne({ statement, outside }, sql, client, database);
    const { line } = fixture.source.rangeOf(statement.span);
    cases.push({
      place: `${fixture.source.path}:${line}`,
      sql: sql.replace(/\s+/g, ' '),
      differences: compare(step, observation, outside, indexes),
      refused: observation.kind === 'refused' ? `${observation.code} ${observation.message}` : undefined,
    });
    if (observation.kind === 'done') catalog = after;
  }
  return cases;
}

function observeOne({ outside }: MeasuredStatement, sql: string, client: Client, database: Database): Promise<Observation> {
  return outside ? watch(client, database, sql) : observe(client, sql);
}
