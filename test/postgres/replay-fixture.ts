// Replays one fixture on one server, and compares each of its statements with the claim.

import { tell } from '../../src/engine/narrate.ts';
import { openMigration } from '../../src/history/story.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { Step } from '../../src/model/timeline.ts';
import { compare } from '../../src/trace/compare.ts';
import type { Connection, Server } from '../../src/trace/connection.ts';
import { replayOneByOne, type Run } from '../../src/trace/replay.ts';
import { assumedIn, catalogBehindSetup, sqlOf, type EffectFixture } from './effect-fixture.ts';

export interface Case {
  /** `fixtures/effects/indexes.sql:12`. */
  readonly place: string;
  readonly sql: string;
  /** In sentences; empty where claim and server agree. */
  readonly differences: readonly string[];
  /** Why the server refused it. */
  readonly refused: string | undefined;
}

/** The server's database is empty, and the server is thrown away afterwards. */
export async function replayFixture(fixture: EffectFixture, server: Server): Promise<Case[]> {
  await makeTablespace(server.connection);
  for (const statement of fixture.setup) await server.connection.run(sqlOf(fixture, statement));
  const replay = replayOneByOne(server, 'process');
  const cases: Case[] = [];
  let catalog = catalogBehindSetup(fixture, server.version);
  for (const statement of fixture.measured) {
    await replay.startMigration([statement], 'statement');
    const { step, story } = tell(statement, openMigration(catalog, { settings: new Map(), newTables: 'migration' }), server.version);
    const observation = await replay.observe(runOf(fixture, step));
    const refused = observation.kind === 'refused' ? `${observation.code} ${observation.message}` : undefined;
    const differences = [...compare(step, observation), ...(observation.kind === 'done' ? compareDoubts(step, assumedIn(fixture, statement)) : [])];
    cases.push({ ...describe(fixture, statement), differences, refused });
    if (observation.kind === 'done') catalog = story.catalog;
  }
  return cases;
}

function runOf(fixture: EffectFixture, { statement, transaction }: Step): Run {
  return { statement, sql: sqlOf(fixture, statement), place: fixture.source.path, isForbidden: transaction === 'forbidden' };
}

/** A claim is hedged where the fixture says so, and nowhere else. */
function compareDoubts({ effects }: Step, expected: string): string[] {
  const kinds = effects.flatMap((effect) => (effect.certainty === 'assumed' ? [effect.assumption.kind] : []));
  const assumed = [...new Set(kinds)].toSorted().join(', ');
  return assumed === expected ? [] : [`assumed: claimed ${assumed || 'nothing'}, expected ${expected || 'nothing'}`];
}

/** `elsewhere`, which fixtures move tables to. */
async function makeTablespace(connection: Connection): Promise<void> {
  const found = await connection.rows("SELECT FROM pg_tablespace WHERE spcname = 'elsewhere'");
  if (found.length > 0) return;
  await connection.run('SET allow_in_place_tablespaces = on');
  await connection.run("CREATE TABLESPACE elsewhere LOCATION ''");
}

function describe(fixture: EffectFixture, statement: Statement): Pick<Case, 'place' | 'sql'> {
  const { line } = fixture.source.rangeOf(statement.span);
  return { place: `${fixture.source.path}:${line}`, sql: sqlOf(fixture, statement).replace(/\s+/g, ' ') };
}

