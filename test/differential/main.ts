// `npm run differential -- [--seed N] [--statements N] [--minutes N] [--versions 14,18 | --embedded]`: random histories, told by us and run by PostgreSQL.
// What differs is shrunk to the fewest statements and printed as a history; known differences, each with its reason, are counted.

import { parseArgs } from 'node:util';
import { isPostgresVersion, type PostgresVersion } from '../../src/model/version.ts';
import { loadGrammar } from '../../src/parser/libpg/load.ts';
import { libpgParser } from '../../src/parser/libpg/parse.ts';
import type { Parser } from '../../src/parser/parser.ts';
import type { Server } from '../../src/trace/connection.ts';
import { startEmbedded } from '../../src/trace/embedded.ts';
import { connectToScratch } from '../postgres/server-at.ts';
import { randomOf } from '../fuzz/random.ts';
import { withServer } from '../postgres/servers.mjs';
import { nextStatement } from './grammar/statement.ts';
import { shapeOf, shrink } from './shrink.ts';
import { startTrial, type Difference } from './trial.ts';
import { worldOf } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    statements: { type: 'string', default: '2000' },
    minutes: { type: 'string' },
    versions: { type: 'string', default: '14,18' },
    embedded: { type: 'boolean', default: false },
    length: { type: 'string', default: '30' },
  },
});

const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const longest = Number(values.length);

interface Tally {
  statements: number;
  run: number;
  effects: number;
  assumed: number;
  readonly refused: Map<string, { all: number; foreseen: number }>;
  readonly shapes: Map<string, number>;
}

async function main(): Promise<void> {
  const parser = libpgParser(await loadGrammar());
  if (values.embedded) {
    const server = await startEmbedded(new Set());
    report(server.version, await tryMany(server, parser));
    await server.stop();
    return;
  }
  for (const version of values.versions.split(',').map(Number)) {
    if (!isPostgresVersion(version)) throw new Error(`${version} is no version that is known`);
    await withServer(version, async ({ port }) => {
      const server = await connectToScratch(`postgres://postgres@127.0.0.1:${port}/postgres`);
      await server.connection.run('SET allow_in_place_tablespaces = on').catch(() => undefined);
      await server.connection.run("CREATE TABLESPACE elsewhere LOCATION ''").catch(() => undefined);
      report(version, await tryMany(server, parser));
      await server.stop();
    });
  }
}

async function tryMany(server: Server, parser: Parser): Promise<Tally> {
  const tally: Tally = { statements: 0, run: 0, effects: 0, assumed: 0, refused: new Map(), shapes: new Map() };
  const end = values.minutes === undefined ? Infinity : performance.now() + Number(values.minutes) * 60_000;
  for (let seed = first; tally.statements < Number(values.statements) && performance.now() < end; seed += 1) {
    await tryHistory(seed, server, parser, tally);
  }
  return tally;
}

/** It ends where the two differ: behind that, nothing can be compared. */
async function tryHistory(seed: number, server: Server, parser: Parser, tally: Tally): Promise<void> {
  const random = randomOf(seed);
  const trial = await startTrial(server, parser);
  const history: string[] = [];
  for (let count = 0; count < longest; count += 1) {
    const world = await worldOf(server.connection);
    const sql = nextStatement({ random, world, version: server.version });
    const { differences, refused, effects, assumed } = await trial.run(sql);
    tally.statements += 1;
    if (refused) {
      const known = tally.refused.get(refused.code) ?? { all: 0, foreseen: 0 };
      tally.refused.set(refused.code, { all: known.all + 1, foreseen: known.foreseen + Number(refused.isForeseen) });
      continue;
    }
    tally.run += 1;
    tally.effects += effects;
    tally.assumed += assumed;
    history.push(sql);
    const [difference] = differences;
    if (difference === undefined) continue;
    await tell(seed, history, differences, { server, parser, tally });
    return;
  }
}

async function tell(seed: number, history: readonly string[], differences: readonly Difference[], lab: { server: Server; parser: Parser; tally: Tally }): Promise<void> {
  const [difference] = differences;
  if (difference === undefined) return;
  const { server, parser, tally } = lab;
  const shape = `${difference.kind} ${wordOf(history.at(-1) ?? '')} ${shapeOf(difference.words)}`;
  const seen = tally.shapes.get(shape) ?? 0;
  tally.shapes.set(shape, seen + 1);
  if (seen >= 2) return;
  const shortest = await shrink(history, difference, async (shorter) => {
    const trial = await startTrial(server, parser);
    for (const sql of shorter.slice(0, -1)) await trial.run(sql);
    return (await trial.run(shorter.at(-1) ?? '')).differences;
  });
  console.log(`\n-- PostgreSQL ${server.version}, seed ${seed}\n${shortest.map((sql) => `${sql};`).join('\n')}`);
  for (const { kind, words } of differences.slice(0, 4)) console.log(`--   ${kind}: ${words}`);
}

/** `ALTER TABLE DROP COLUMN`. */
function wordOf(sql: string): string {
  return (sql.match(/\b[A-Z]{2,}\b/g) ?? []).slice(0, 4).join(' ');
}

function report(version: PostgresVersion, { statements, run, effects, assumed, refused, shapes }: Tally): void {
  const differing = [...shapes.values()].reduce((sum, count) => sum + count, 0);
  console.log(`\nPostgreSQL ${version}: ${statements} statements, ${run} run, ${differing} differ in ${shapes.size} ways; ${effects} effects, ${assumed} assumed`);
  const codes = [...refused].toSorted(([, left], [, right]) => right.all - left.all);
  console.log(`refused: ${codes.map(([code, { all, foreseen }]) => `${code} ${foreseen}/${all}`).join(', ')}`);
  if (differing > 0) process.exitCode = 1;
}

await main();
