// `npm run differential -- [--seed N] [--statements N] [--minutes N] [--versions 14,18 | --embedded] [--about 'ALTER TABLE|LOCK'] [--show N] [--workers N] [--fatal alarm,crash] [--foreseen 42P01,55000]`:
// random histories, told by us and run by PostgreSQL. What differs is shrunk and printed as a fixture; known differences, each with its reason, are counted.

import { parseArgs } from 'node:util';
import { isPostgresVersion, type PostgresVersion } from '../../src/model/version.ts';
import { loadGrammar } from '../../src/parser/libpg/load.ts';
import { libpgParser } from '../../src/parser/libpg/parse.ts';
import type { Parser } from '../../src/parser/parser.ts';
import type { Server } from '../../src/trace/connection.ts';
import { startEmbedded } from '../../src/trace/embedded.ts';
import { connectToScratch } from '../postgres/server-at.ts';
import { withServer } from '../postgres/servers.mjs';
import { tryHistories, type Wish } from './try-histories.ts';
import { emptyTally, printTally, type Tally } from './tally.ts';
import { openLab } from './lab.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    statements: { type: 'string', default: '2000' },
    minutes: { type: 'string' },
    versions: { type: 'string', default: '14,18' },
    embedded: { type: 'boolean', default: false },
    length: { type: 'string', default: '40' },
    workers: { type: 'string', default: '3' },
    show: { type: 'string', default: '1' },
    about: { type: 'string' },
    fatal: { type: 'string' },
    foreseen: { type: 'string', default: '' },
  },
});

const seed = Number(values.seed ?? Date.now() % 1_000_000_000);

async function main(): Promise<void> {
  const parser = libpgParser(await loadGrammar());
  if (values.embedded) {
    const server = await startEmbedded(new Set());
    await tryOn([server], server.version, parser);
    await server.stop();
    return;
  }
  for (const version of values.versions.split(',').map(Number)) {
    if (!isPostgresVersion(version)) throw new Error(`${version} is no version that is known`);
    await withServer(version, async ({ port }) => {
      const servers: Server[] = [];
      for (let count = 0; count < Number(values.workers); count += 1) servers.push(await connectToScratch(`postgres://postgres@127.0.0.1:${port}/postgres`));
      await tryOn(servers, version, parser);
      for (const server of servers) await server.stop();
    });
  }
}

/** Each server is a database of its own, on which one history after another is tried. */
async function tryOn(servers: readonly Server[], version: PostgresVersion, parser: Parser): Promise<void> {
  const tally = emptyTally();
  const started = performance.now();
  console.log(`PostgreSQL ${version}: seeds from ${seed}`);
  let next = seed;
  const wish: Wish = {
    nextSeed: () => (isEnough(tally, started) ? undefined : next++),
    length: Number(values.length),
    examples: Number(values.show),
    isWanted: (sql) => values.about === undefined || new RegExp(values.about).test(sql),
    say: (text) => console.log(text),
  };
  if (servers[0]) await makeShared(servers[0]);
  await Promise.all(servers.map(async (server) => tryHistories(await openLab(server, parser, new Set(values.foreseen.split(','))), wish, tally)));
  console.log(printTally(version, tally, { seed, seconds: (performance.now() - started) / 1000 }));
  if ([...tally.shapes.keys()].some(isFatal)) process.exitCode = 1;
}

function isEnough({ statements }: Tally, started: number): boolean {
  const minutes = (performance.now() - started) / 60_000;
  return values.minutes === undefined ? statements >= Number(values.statements) : minutes >= Number(values.minutes);
}

/** `shape`: begins with the kind of the difference. */
function isFatal(shape: string): boolean {
  return values.fatal === undefined || values.fatal.split(',').some((kind) => shape.startsWith(`${kind} `));
}

/** What belongs to no database: a tablespace and a role, which go with the server. */
async function makeShared({ connection }: Server): Promise<void> {
  await connection.run('SET allow_in_place_tablespaces = on');
  await connection.run("CREATE TABLESPACE elsewhere LOCATION ''");
  await connection.run('CREATE ROLE clerk');
}

await main();
