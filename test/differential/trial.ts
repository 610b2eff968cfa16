// A history that is told and run at once, statement by statement, and where the two differ.

import type { FirstRefusal } from '../../src/engine/first-refusal.ts';
import { openMigration, type Story } from '../../src/history/story.ts';
import { Catalog } from '../../src/model/catalog.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { compare } from '../../src/trace/compare.ts';
import { Refusal, type Connection } from '../../src/trace/connection.ts';
import type { Observation } from '../../src/trace/observation.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { replayOneByOne, type Replay } from '../../src/trace/replay.ts';
import { linesHere } from '../postgres/catalog-here.ts';
import { differencesOf, type CatalogLines } from '../postgres/catalog-lines.ts';
import { emptyDatabase } from '../postgres/empty-database.ts';
import type { Lab } from './lab.ts';
import { claimOf, type Claim } from './telling.ts';
import { worldOf, type World } from './world.ts';

/**
 * `effects`: locks and work · `catalog`: what is there behind it · `alarm`: PostgreSQL runs what we say it refuses · `missed`: it refuses
 * with a SQLSTATE that is to be foreseen always · `code`: it refuses with another SQLSTATE than we say · `unread`: it runs what we can't read · `crash`: of ours.
 */
export interface Difference {
  readonly kind: 'effects' | 'catalog' | 'alarm' | 'missed' | 'code' | 'unread' | 'crash';
  readonly words: string;
}

export interface Outcome {
  /** What we say of it; undefined where we can't read or tell it. */
  readonly step: Step | undefined;
  readonly isInBlock: boolean;
  /** Since the catalogs were compared, there was code that may have run or not. */
  readonly isUnsure: boolean;
  readonly differences: readonly Difference[];
  /** SQLSTATE, where the server refused it, and whether we said so. */
  readonly refused: { readonly code: string; readonly message: string; readonly isForeseen: boolean } | undefined;
}

export interface Trial {
  /** A new connection runs the statements behind it. */
  openMigration(): Promise<void>;
  /** Tells, runs and compares. */
  run(sql: string): Promise<Outcome>;
  /** Tells and runs: nothing is compared. */
  follow(sql: string): Promise<void>;
  /** With what an open transaction has made. */
  world(): Promise<World>;
}

/** Begins with an empty database. */
export async function startTrial(lab: Lab): Promise<Trial> {
  const { server } = lab;
  const { connection, version } = server;
  await connection.run('ROLLBACK');
  await connection.run('DISCARD ALL');
  await emptyDatabase(connection);
  const replay = replayOneByOne(server, 'process');
  let story = open(Catalog.start('empty'));
  /** Behind the last statement outside of a transaction. */
  let committed = story;
  let isUnsure = false;
  const follow = ({ step, story: next }: Claim): void => {
    isUnsure ||= step.acts.some(({ reached }) => reached === 'perhaps');
    goOn(next);
  };
  const goOn = (next: Story): void => {
    story = next;
    if (next.session.transaction === undefined) committed = next;
  };
  /** A transaction whose COMMIT, SAVEPOINT or the like is refused is lost. */
  const giveUp = async (): Promise<void> => {
    await connection.run('ROLLBACK');
    goOn(committed);
  };
  const told = (sql: string): ReturnType<typeof claimed> => claimed(sql, story, version, lab.parser);
  return {
    openMigration: async () => {
      if (story.session.transaction !== undefined) await giveUp();
      goOn(open(story.catalog));
      await replay.startMigration([], 'statement');
    },
    run: async (sql) => {
      const claim = told(sql);
      if (claim === undefined || 'crash' in claim) return unclaimed(sql, claim?.crash, connection);
      const isInBlock = story.session.transaction !== undefined;
      const observation = await observed(claim, sql, { connection, replay, isInBlock });
      if (observation.kind === 'done') follow(claim);
      else if (claim.statement.kind === 'transaction') await giveUp();
      const isCompared = observation.kind === 'done' && story.session.transaction === undefined && claim.statement.kind !== 'data';
      const outcome = await outcomeOf(claim, observation, { isInBlock, isUnsure, version, lines: isCompared ? lab.lines : undefined, foreseen: lab.foreseen });
      isUnsure &&= !isCompared;
      return outcome;
    },
    follow: async (sql) => {
      const claim = told(sql);
      const isOfTransaction = claim !== undefined && !('crash' in claim) && claim.statement.kind === 'transaction';
      const isRun = await runs(connection, sql, story.session.transaction !== undefined && !isOfTransaction);
      if (claim === undefined || 'crash' in claim) return;
      if (isRun) follow(claim);
      else if (claim.statement.kind === 'transaction') await giveUp();
    },
    world: () => (story.session.transaction ? worldOf(connection, version) : lab.world()),
  };
}

function open(catalog: Catalog): Story {
  return openMigration(catalog, { settings: new Map(), newTables: 'migration' });
}

function claimed(sql: string, story: Story, version: PostgresVersion, parser: Parser): Claim | { readonly crash: string } | undefined {
  try {
    return claimOf(sql, story, version, parser);
  } catch (error) {
    return { crash: error instanceof Error ? `${error.message} ${String(error.stack).split('\n')[1] ?? ''}` : String(error) };
  }
}

async function observed(
  { statement, step }: Claim,
  sql: string,
  { connection, replay, isInBlock }: { readonly connection: Connection; readonly replay: Replay; readonly isInBlock: boolean },
): Promise<Observation> {
  if (statement.kind === 'transaction') return asTransaction(connection, sql);
  if (isInBlock) return observeInside(connection, sql);
  return replay.observe({ statement, sql, place: 'next.sql:1:1', isForbidden: step.transaction === 'forbidden' });
}

/** BEGIN, SAVEPOINT and the like do nothing to a relation. */
async function asTransaction(connection: Connection, sql: string): Promise<Observation> {
  try {
    await connection.run(sql);
    return { kind: 'done', outside: false, locks: 'seen', effects: [], indexes: new Set(), held: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', code: error.code, message: error.message };
  }
}

interface Behind {
  readonly isInBlock: boolean;
  readonly isUnsure: boolean;
  readonly version: PostgresVersion;
  /** Undefined where nothing can have changed, or a transaction is open. */
  readonly lines: (() => Promise<CatalogLines>) | undefined;
  readonly foreseen: ReadonlySet<string>;
}

async function outcomeOf({ statement, step, refusals, first, story }: Claim, observation: Observation, { isInBlock, isUnsure, version, lines, foreseen }: Behind): Promise<Outcome> {
  const counts = { step, isInBlock, isUnsure };
  if (observation.kind === 'not-run') return { ...counts, differences: [], refused: undefined };
  if (observation.kind === 'refused') {
    const { code, message } = observation;
    const isForeseen = refusals.length > 0 || (code === '25001' && step.transaction === 'forbidden');
    return { ...counts, differences: differencesOfRefusal(observation, { isForeseen, isInBlock, refusals, first, foreseen }), refused: { code, message, isForeseen } };
  }
  const differences: Difference[] = [
    ...refusals.map((words) => ({ kind: 'alarm' as const, words })),
    ...(statement.kind === 'transaction' ? [] : compare(step, observation)).map((words) => ({ kind: 'effects' as const, words })),
    ...(lines === undefined ? [] : catalogDifferences(linesHere(story.catalog, version), await lines())),
  ];
  return { ...counts, differences, refused: undefined };
}

interface Foretold {
  readonly isForeseen: boolean;
  readonly isInBlock: boolean;
  readonly refusals: readonly string[];
  /** Without a SQLSTATE where it may or may not be the first: then none is claimed. */
  readonly first: FirstRefusal | undefined;
  readonly foreseen: ReadonlySet<string>;
}

function differencesOfRefusal(
  { code, message }: Extract<Observation, { readonly kind: 'refused' }>,
  { isForeseen, isInBlock, refusals, first, foreseen }: Foretold,
): Difference[] {
  if (!isForeseen) return foreseen.has(code) || (code === '25001' && isInBlock) ? [{ kind: 'missed', words: `${code} ${message}` }] : [];
  const said = first === undefined ? codesIn(refusals) : first.code === undefined ? [] : [first.code];
  return said.length === 0 || said.includes(code) ? [] : [{ kind: 'code', words: `claimed ${said.join(', ')}, observed ${code} ${message}` }];
}

function codesIn(refusals: readonly string[]): string[] {
  return refusals.flatMap((words) => [...words.matchAll(/\(([0-9A-Z]{5})\)/g)].flatMap(([, code]) => code ?? []));
}

/** Without the columns that a relation may have beside those that we know, and their constraints: of them, nothing is claimed. */
function catalogDifferences(ours: CatalogLines, theirs: CatalogLines): Difference[] {
  const isOpen = (key: string): boolean => ours.get(key)?.endsWith('…') === true;
  const claims = new Map([...theirs].filter(([key]) => {
    const relation = /^(?:columns?|constraint) ((?:[^.]|\.(?=pg_))+\.[^.]+)/.exec(key)?.[1];
    return relation === undefined || ours.has(key) ? !isOpen(key) : !isOpen(`columns ${relation}`);
  }));
  const said = new Map([...ours].filter(([key]) => !isOpen(key)));
  return differencesOf(said, claims).map((words) => ({ kind: 'catalog', words }));
}

async function unclaimed(sql: string, crash: string | undefined, connection: Connection): Promise<Outcome> {
  const nothing = { step: undefined, isInBlock: false, isUnsure: false, refused: undefined };
  if (crash !== undefined) return { ...nothing, differences: [{ kind: 'crash', words: crash }] };
  try {
    await connection.run('BEGIN');
    await connection.run(sql);
    return { ...nothing, differences: [{ kind: 'unread', words: sql }] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...nothing, differences: [], refused: { code: error.code, message: error.message, isForeseen: true } };
  } finally {
    await connection.run('ROLLBACK');
  }
}

/** A refusal inside a transaction leaves it as it was before the statement, where that `isGuarded`. */
async function runs(connection: Connection, sql: string, isGuarded: boolean): Promise<boolean> {
  if (isGuarded) await connection.run('SAVEPOINT pgmigrate_lint');
  try {
    await connection.run(sql);
    if (isGuarded) await connection.run('RELEASE SAVEPOINT pgmigrate_lint');
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (isGuarded) await connection.run('ROLLBACK TO SAVEPOINT pgmigrate_lint');
    return false;
  }
}
