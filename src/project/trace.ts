// Runs migrations on a PostgreSQL, and holds what it does against what is claimed.

import { explainStep } from '../engine/explain.ts';
import { between } from '../engine/between.ts';
import { inFiles } from '../engine/in-files.ts';
import { behindOf, narrate, opening, reachOf, tell, type Reached } from '../engine/narrate.ts';
import type { History, ParsedMigration } from '../engine/parsed-migration.ts';
import { SharedTransactions } from '../engine/shared-transactions.ts';
import type { Story } from '../history/story.ts';
import { Catalog } from '../model/catalog.ts';
import { stopsReaders, stopsWriters, type Effect } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import type { Trace, TracedMigration, TracedStatement } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Statement } from '../model/statement.ts';
import type { Step } from '../model/timeline.ts';
import { UserError } from '../model/user-error.ts';
import { compare } from '../trace/compare.ts';
import { Refusal, type Server } from '../trace/connection.ts';
import { notRun } from '../trace/not-run.ts';
import type { Observation, ObservedEffect } from '../trace/observation.ts';
import { relationsOf } from '../trace/relations.ts';
import type { Replay } from '../trace/replay.ts';
import type { WorkspaceOptions } from './options.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';
import { run, type Run } from './run.ts';

export interface TraceOptions extends StageOptions {
  /** After each migration; `total` counts those before it too that are only run. */
  readonly progress: (done: number, total: number) => void;
}

/** Earlier migrations are run first where the database is empty; where it is not, it is taken to have had them. */
export async function tracePaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
  tracing: TraceOptions,
): Promise<Run<Trace>> {
  return run(paths, { ...options, withDeployed: true, checkpoints: undefined }, rules, async (histories) => {
    const traces: Trace[] = [];
    const shared = new SharedTransactions();
    for (const history of histories) traces.push(await traceHistory(history, tracing, shared));
    return { postgres: traces[0]?.postgres ?? 18, migrations: traces.flatMap(({ migrations }) => migrations) };
  });
}

async function traceHistory(history: History, tracing: TraceOptions, shared: SharedTransactions): Promise<Trace> {
  return (await playHistory(history, tracing, () => Promise.resolve(), shared)).trace;
}

export interface Played<Seen> {
  readonly trace: Trace;
  readonly server: string;
  /** What is there behind all of it. */
  readonly seen: Seen;
}

/** `look`: asks the server when all has run, before it is left. */
export async function playHistory<Seen>(history: History, tracing: TraceOptions, look: (server: Server) => Promise<Seen>, shared = new SharedTransactions()): Promise<Played<Seen>> {
  const { dump, migrations: behind } = history;
  const later = [...behind];
  const all = dump ? [dump, ...later] : later;
  const stage = await openStage(all, tracing);
  try {
    const migrations = stage.isEmpty ? all : later;
    if (stage.isRolledBack) refuseWhatStays(migrations, history, stage);
    const traced = await traceMigrations(migrations, history, stage, tracing, shared);
    return { trace: { postgres: stage.server.version, migrations: traced }, server: stage.server.name, seen: await look(stage.server) };
  } finally {
    await stage.close();
  }
}

/** Before anything has run: what PostgreSQL refuses in a transaction could not be rolled back. */
function refuseWhatStays(migrations: readonly ParsedMigration[], { start, settings, newTables }: History, { server }: Stage): void {
  let reached: Reached = { catalog: start };
  const staying: string[] = [];
  for (const migration of migrations) {
    const { timeline, story } = narrate(migration, opening(migration, reached, { settings, newTables }), server.version);
    reached = behindOf(migration, story, reached);
    if (!migration.linted) continue;
    const forbidden = timeline.steps.filter(({ statement, transaction }) => transaction === 'forbidden' && statement.kind !== 'transaction');
    const run = forbidden.filter(({ statement }) => notRun(statement, migration.source.slice(statement.span), 'nothing') === undefined);
    staying.push(...run.map(({ statement }) => `${placeIn(migration, statement)} ${statement.command}`));
  }
  if (staying.length === 0) return;
  const others = staying.length > mostNamed ? `, and ${staying.length - mostNamed} more` : '';
  throw new UserError(
    `PostgreSQL refuses in a transaction, so it can't be rolled back: ${staying.slice(0, mostNamed).join(', ')}${others}; nothing was run. ` +
      'Add --allow-commit for a database that you can lose: what stands there stays then, with all before it',
  );
}

const mostNamed = 5;

function placeIn({ source }: ParsedMigration, { span }: Statement): string {
  const { line, column } = source.positionOf(span.start);
  return `${source.fileAt(span.start).path}:${line}:${column}`;
}

async function traceMigrations(
  migrations: readonly ParsedMigration[],
  { start, settings, newTables }: History,
  stage: Stage,
  { progress }: TraceOptions,
  shared: SharedTransactions,
): Promise<TracedMigration[]> {
  const traced: TracedMigration[] = [];
  let reached: Reached = { catalog: stage.isEmpty ? Catalog.start('empty') : start };
  for (const [index, migration] of migrations.entries()) {
    const told = await traceMigration(migration, opening(migration, reached, { settings, newTables }), stage, shared);
    reached = behindOf(migration, told.story, reached);
    if (migration.linted) traced.push(...told.traced);
    progress(index + 1, migrations.length);
  }
  return traced;
}

interface ToldByServer {
  /** For each file that it stands in. */
  readonly traced: readonly TracedMigration[];
  readonly story: Story;
}

async function traceMigration(migration: ParsedMigration, opened: Story, stage: Stage, shared: SharedTransactions): Promise<ToldByServer> {
  const { parsed, linted, name, tool } = migration;
  const { server, replay, isEmpty } = stage;
  const statements: TracedStatement[] = [];
  const isRun = linted || isEmpty;
  let story = opened;
  if (isRun) await replay.startMigration(parsed.statements, isInTransaction(migration) ? 'file' : 'statement');
  const old = new Set((await relationsOf(server.connection)).keys());
  const { before, behindAll } = between(migration);
  for (const statement of parsed.statements) {
    const told = tell(statement, before(statement, story), server.version, reachOf(statement, migration));
    const observation = isRun ? await observe(told.step, migration, replay) : undefined;
    if (observation === undefined || observation.kind === 'done') story = told.story;
    const sharedTransaction = shared.numberOf(told.step, migration);
    if (observation) statements.push({ ...tracedStatement(told.step, observation, old, migration), sharedTransaction });
  }
  return { traced: inFiles(migration, statements).map((told) => ({ ...told, name, tool })), story: behindAll(story) };
}

function isInTransaction({ parts }: ParsedMigration): boolean {
  return parts.some(({ transaction }) => transaction === 'file' || transaction === 'run');
}

/** What the migration sets (`statement_timeout = 1`) holds for the questions of the trace too. */
async function observe({ statement, transaction }: Step, migration: ParsedMigration, replay: Replay): Promise<Observation> {
  const place = placeIn(migration, statement);
  const sql = migration.source.slice(statement.span);
  try {
    return await replay.observe({ statement, sql, place, isForbidden: transaction === 'forbidden' });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UserError(`${place}: at ${statement.command}, the server does not answer what trace asks it: ${error.message}`);
  }
}

function tracedStatement(
  step: Step,
  observation: Observation,
  old: ReadonlySet<number>,
  { source }: ParsedMigration,
): TracedStatement {
  const { opaque: _, culprit: __, refusal: ___, ...claimed } = explainStep(step, source);
  const seen = observation.kind === 'done' ? observation.effects : [];
  const effects = seen.flatMap((effect) => effectOf(effect, old));
  const inUse = effects.filter((effect) => !effect.new);
  return {
    ...claimed,
    transaction: placeOf(step, observation),
    effects,
    blocks: {
      reads: inUse.filter(stopsReaders).map(({ relation }) => printName(relation)),
      writes: inUse.filter(stopsWriters).map(({ relation }) => printName(relation)),
    },
    unseenLocks: seen.flatMap(({ relation, lock, work, oid }) =>
      lock === undefined ? [{ relation, work, new: !old.has(oid) }] : [],
    ),
    took: observation.kind === 'done' ? observation.took : undefined,
    error: observation.kind === 'refused' ? { code: observation.code, message: observation.message } : undefined,
    notRun: observation.kind === 'not-run' ? observation.reason : undefined,
    isProof: isProof(step.statement, observation),
    differences: compare(step, observation),
  };
}

/** BEGIN, SET and their like do what is claimed wherever the server takes them. */
function isProof({ kind }: Statement, observation: Observation): boolean {
  return observation.kind === 'done' && kind !== 'transaction' && kind !== 'setting' && kind !== 'reset-settings';
}

function effectOf({ relation, lock, work, oid }: ObservedEffect, old: ReadonlySet<number>): Effect[] {
  return lock === undefined ? [] : [{ relation, lock, work, new: !old.has(oid), certainty: 'known' }];
}

function placeOf({ transaction, session }: Step, observation: Observation): Step['transaction'] {
  if (observation.kind !== 'done') return transaction;
  if (observation.outside) return 'forbidden';
  return transaction === 'forbidden' ? (session.transaction ? 'inside' : 'own') : transaction;
}

