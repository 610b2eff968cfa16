// Proves the claims: replays fixtures/effects, fixtures/versions and fixtures/catalog on PostgreSQL 14–18, plays the outages and the advice of the rules' documents, the plans and the cures, and prints what differs.
//
//   npm run prove -- [--versions 14,18 | --ports 14=5414,18=5418] [--only PROOF,…] [--without PROOF,…] [FIXTURE…]
//
// A PROOF is one of `proofs`. A FIXTURE of fixtures/cures, fixtures/catalog, fixtures/effects or fixtures/versions, or the bad example of a rule ('unsplit-constraint 1'), is proven alone.

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isPostgresVersion, provenVersions, type PostgresVersion } from '../../src/model/version.ts';
import { loadGrammar } from '../../src/parser/libpg/load.ts';
import { libpgParser } from '../../src/parser/libpg/parse.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { playAdvice } from './advice.ts';
import { curedCases, proveCures } from './cures.ts';
import { playPlans } from './plans.ts';
import { parseFixture, read } from '../fixture.ts';
import { compareReplay } from './catalog-replay.ts';
import { connectToScratch } from './server-at.ts';
import { readEffectFixture, type EffectFixture } from './effect-fixture.ts';
import { playOutages, type Outage } from './outage.ts';
import { checkRecordOnServer } from './record-on-server.ts';
import { replayFeatures } from './replay-features.ts';
import { replayFixture, type Case } from './replay-fixture.ts';
import { withServer, type Server } from './servers.mjs';
import { sideBySide } from './side-by-side.ts';
import { checkTraceOnServer } from './trace-on-server.ts';

const folders = ['fixtures/effects', 'fixtures/versions'];

const catalogFolder = 'fixtures/catalog';

/** A history, and where the catalog behind it is another one than the server's, in sentences. What an older server refuses, neither has. */
interface ProvenCatalog {
  readonly path: string;
  readonly differences: readonly string[];
}

interface ProvenVersion {
  readonly version: PostgresVersion;
  readonly cases: readonly Case[];
  readonly catalogs: readonly ProvenCatalog[];
  readonly outages: readonly Outage[];
  /** What the documents tell to do instead. */
  readonly advice: readonly Outage[];
  readonly plans: readonly Outage[];
  readonly cures: readonly Outage[];
  /** About the command itself, in sentences. */
  readonly complaints: readonly string[];
}

const proofs = ['effects', 'catalogs', 'outages', 'advice', 'plans', 'cures', 'trace', 'record'] as const;

type Proof = (typeof proofs)[number];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { ports: { type: 'string' }, versions: { type: 'string' }, only: { type: 'string' }, without: { type: 'string' } },
    allowPositionals: true,
  });
  const wanted = wantedProofs(values, positionals);
  const parser = libpgParser(await loadGrammar());
  const named = (proof: Proof, all: () => readonly string[]): readonly string[] => (positionals.length > 0 ? positionals.filter((name) => proofOf(name) === proof) : all());
  const fixtures = wanted.has('effects') ? readFixtures(named('effects', () => inFolders(folders)), parser) : [];
  const histories = wanted.has('catalogs') ? named('catalogs', () => inFolders([catalogFolder])) : [];
  const cases = wanted.has('cures') ? await curedCases((name) => positionals.length === 0 || positionals.includes(name)) : [];
  const prove = async ({ version, lend }: LentServer): Promise<ProvenVersion> => {
    const one = await lend(async ({ port, socketFolder }) => {
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      return {
        cases: await replayAll(fixtures, url),
        catalogs: await compareCatalogs(histories, url, parser),
        outages: wanted.has('outages') ? await playOutages(url, version, parser) : [],
        advice: wanted.has('advice') ? await playAdvice(url, version, parser) : [],
        plans: wanted.has('plans') ? await playPlans(url, version, parser) : [],
        cures: await proveCures(cases, url, version),
        complaints: [...(wanted.has('trace') ? await checkTraceOnServer({ port, socketFolder, version }) : []), ...(wanted.has('record') ? await checkRecordOnServer({ port, socketFolder, version }) : [])],
      };
    });
    return { version, ...one };
  };
  const proven = await sideBySide(serversOf(values), availableParallelism(), prove);
  const report = [...proven.flatMap(printDifferences), ...proven.flatMap(printCatalogs), ...proven.flatMap(printFailures), ...printRefusals(proven), ...printTable(proven)];
  console.log(report.join('\n'));
  process.exitCode = proven.every(isProven) ? 0 : 1;
}

/** Where fixtures are named, the proofs that are about them. */
function wantedProofs({ only, without }: { only?: string; without?: string }, positionals: readonly string[]): ReadonlySet<Proof> {
  const named = positionals.length > 0 ? positionals.map(proofOf) : only === undefined ? proofs : only.split(',').map(knownProof);
  const left = without === undefined ? [] : without.split(',').map(knownProof);
  return new Set(named.filter((proof) => !left.includes(proof)));
}

function knownProof(word: string): Proof {
  const known = proofs.find((proof) => proof === word);
  if (known !== undefined) return known;
  throw new Error(`${word}: expected one of ${proofs.join(', ')}`);
}

function proofOf(name: string): Proof {
  if (name.startsWith(catalogFolder)) return 'catalogs';
  return name.startsWith('fixtures/cures') || !name.includes('/') ? 'cures' : 'effects';
}

function isProven({ cases, catalogs, outages, advice, plans, cures, complaints }: ProvenVersion): boolean {
  if (complaints.length > 0) return false;
  return [...cases, ...catalogs].every(({ differences }) => differences.length === 0) && [...outages, ...advice, ...plans, ...cures].every(({ failures }) => failures.length === 0);
}

function readFixtures(paths: readonly string[], parser: Parser): EffectFixture[] {
  return paths.map((path) => readEffectFixture(path, parser));
}

function inFolders(all: readonly string[]): string[] {
  return all.flatMap((folder) =>
    readdirSync(folder)
      .toSorted()
      .map((file) => `${folder}/${file}`),
  );
}

interface LentServer {
  readonly version: PostgresVersion;
  readonly lend: <T>(use: (server: Pick<Server, 'port' | 'socketFolder'>) => Promise<T>) => Promise<T>;
}

/** `ports`: servers that are running already, `14=5414,18=5418`; else one of each of the `versions` is started, all of them by default. */
function serversOf({ ports, versions }: { ports?: string; versions?: string }): LentServer[] {
  if (ports !== undefined) return ports.split(',').map(runningServer);
  return versions === undefined ? provenVersions.map(startedServer) : versions.split(',').map(Number).map(knownVersion).map(startedServer);
}

function runningServer(pair: string): LentServer {
  const [version, port = 0] = pair.split('=').map(Number);
  return { version: knownVersion(version), lend: (use) => use({ port, socketFolder: '' }) };
}

function knownVersion(version: number | undefined): PostgresVersion {
  if (isPostgresVersion(version)) return version;
  throw new Error(`${version}: expected one of ${provenVersions.join(', ')}`);
}

function startedServer(version: PostgresVersion): LentServer {
  return { version, lend: (use) => withServer(version, use) };
}

async function replayAll(fixtures: readonly EffectFixture[], url: string): Promise<Case[]> {
  const cases: Case[] = [];
  for (const fixture of fixtures) {
    if (fixture.source.path.startsWith('fixtures/versions/')) {
      cases.push(...(await replayFeatures(fixture, url)));
      continue;
    }
    const server = await connectToScratch(url);
    try {
      cases.push(...(await replayFixture(fixture, server)));
    } finally {
      await server.stop();
    }
  }
  return cases;
}

async function compareCatalogs(paths: readonly string[], url: string, parser: Parser): Promise<ProvenCatalog[]> {
  const catalogs: ProvenCatalog[] = [];
  for (const path of paths) {
    const server = await connectToScratch(url);
    try {
      const { differences } = await compareReplay(parseFixture(read(path)).migrations, parser, server);
      catalogs.push({ path, differences });
    } finally {
      await server.stop();
    }
  }
  return catalogs;
}

function printCatalogs({ version, catalogs }: ProvenVersion): string[] {
  return catalogs.flatMap(({ path, differences }) => (differences.length > 0 ? [`${version} ${path}`, ...differences.map((line) => `     ${line}`), ''] : []));
}

function printDifferences({ version, cases }: ProvenVersion): string[] {
  const different = cases.filter(({ differences }) => differences.length > 0);
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `     ${line}`);
  return different.flatMap(({ place, sql, differences }) => [`${version} ${place} ${sql}`, ...indented(differences), '']);
}

function printFailures({ version, outages, advice, plans, cures, complaints }: ProvenVersion): string[] {
  const failed = [...outages, ...advice, ...plans, ...cures].filter(({ failures }) => failures.length > 0);
  return [
    ...failed.flatMap(({ rule, example, failures }) => [`${version} ${rule}, ${example}`, ...failures.map((line) => `     ${line}`), '']),
    ...complaints.map((sentence) => `${version} with --database-url: ${sentence}`),
  ];
}

/** A case that every version refuses proves nothing, unless that is what it is for (25001). */
function printRefusals([first, ...others]: readonly ProvenVersion[]): string[] {
  const isRefused = ({ refused }: Case): boolean => refused !== undefined && !refused.startsWith('25001');
  const isRefusedBy = ({ cases }: ProvenVersion, place: string): boolean =>
    cases.some((one) => one.place === place && isRefused(one));
  const useless = first?.cases.filter((one) => isRefused(one) && others.every((other) => isRefusedBy(other, one.place))) ?? [];
  return useless.map(({ place, sql, refused }) => `refused everywhere: ${place} ${sql}\n     ${refused}\n`);
}

function printTable(proven: readonly ProvenVersion[]): string[] {
  const rows = proven.map(({ version, cases, catalogs, outages, advice, plans, cures }) => {
    const differing = cases.filter(({ differences }) => differences.length > 0).length;
    const refused = cases.filter((one) => one.refused !== undefined).length;
    const same = catalogs.filter(({ differences }) => differences.length === 0).length;
    const played = (all: readonly Outage[]): string => `${all.filter(({ failures }) => failures.length === 0).length} of ${all.length}`;
    return [version, cases.length, refused, cases.length - differing, differing, `${same} of ${catalogs.length}`, played(outages), played(advice), played(plans), played(cures)];
  });
  const header = ['PostgreSQL', 'statements', 'refused', 'agree', 'differ', 'catalogs', 'outages', 'advice', 'plans', 'cures'];
  return [header, ...rows].map((row) => row.map((cell) => String(cell).padStart(10)).join('  '));
}

await main();
