// One random history after another, until there are enough; what differs is shrunk and said.

import { opaqueIn } from '../../src/model/statement.ts';
import { randomOf } from '../fuzz/random.ts';
import { migrationPlan } from './grammar/migration.ts';
import { asFixture, lastStatement, setup, type History } from './history.ts';
import { knownAs, type Circumstances } from './known.ts';
import { shapeOf, shrink } from './shrink.ts';
import { countOne, countRefusal, type Tally } from './tally.ts';
import type { Lab } from './lab.ts';
import { startTrial, type Difference, type Outcome } from './trial.ts';
import type { World } from './world.ts';

export interface Wish {
  /** Of the next history; undefined: there are enough. */
  readonly nextSeed: () => number | undefined;
  /** Migrations in a history. */
  readonly length: number;
  /** How many differences of one shape are shown. */
  readonly examples: number;
  /** Of others, nothing is said. */
  readonly isWanted: (sql: string) => boolean;
  readonly say: (text: string) => void;
}

export async function tryHistories(lab: Lab, wish: Wish, tally: Tally): Promise<void> {
  for (let seed = wish.nextSeed(); seed !== undefined; seed = wish.nextSeed()) {
    tally.histories += 1;
    await tryHistory(seed, { lab, wish, tally });
  }
}

interface Search {
  readonly lab: Lab;
  readonly wish: Wish;
  readonly tally: Tally;
}

/** It ends where the catalogs differ or something ran that can't be read, behind which nothing can be compared, and where the database was needed to shrink it. */
async function tryHistory(seed: number, search: Search): Promise<void> {
  const { lab, wish } = search;
  const random = randomOf(seed);
  const trial = await startTrial(lab);
  const history: string[][] = [];
  for (let count = 0; count < wish.length; count += 1) {
    await trial.openMigration();
    const migration: string[] = [];
    history.push(migration);
    for (const next of migrationPlan(random)) {
      const world = await trial.world();
      const sql = next({ random, world, version: lab.server.version });
      const { differences, ...outcome } = await trial.run(sql);
      countOutcome(outcome, search.tally);
      if (outcome.refused === undefined || differences.length > 0) migration.push(sql);
      if (outcome.refused !== undefined && isEnd(sql)) history.pop();
      if (outcome.refused !== undefined && isLeavingTraces(sql)) return;
      const isUnreadable = outcome.refused === undefined && outcome.step !== undefined && opaqueIn(outcome.step.statement) !== undefined;
      if (differences.length === 0 && isUnreadable) return;
      if (differences.length === 0) continue;
      const isShrunk = await tell({ seed, history, differences, circumstances: { sql, world, ...outcome } }, search);
      if (isShrunk || isUnreadable || differences.some(({ kind }) => kind === 'catalog')) return;
      if (outcome.refused !== undefined) migration.pop();
    }
    if (migration.length === 0) history.splice(history.indexOf(migration), 1);
  }
}

function countOutcome({ refused, step }: Omit<Outcome, 'differences'>, tally: Tally): void {
  tally.statements += 1;
  if (refused) {
    countRefusal(tally, refused.code, refused.isForeseen);
    return;
  }
  tally.run += 1;
  for (const effect of step?.effects ?? []) {
    tally.effects += 1;
    if (effect.certainty === 'assumed') countOne(tally.assumed, effect.assumption.kind);
  }
}

interface Found {
  readonly seed: number;
  /** With the statement that differs at its end. */
  readonly history: History;
  readonly differences: readonly Difference[];
  readonly circumstances: Circumstances;
}

function isEnd(sql: string): boolean {
  return /^(?:COMMIT|END)\b/.test(sql);
}

/** Refused, it may leave an index that is not valid, or a partition that is half detached. */
function isLeavingTraces(sql: string): boolean {
  return sql.includes('CONCURRENTLY');
}

/** True: the database was needed to shrink it. */
async function tell({ seed, history, differences, circumstances }: Found, { lab, wish, tally }: Search): Promise<boolean> {
  const sql = lastStatement(history);
  if (!wish.isWanted(sql)) return false;
  const id = knownAs(differences, circumstances);
  if (id !== undefined) {
    countOne(tally.known, id);
    return false;
  }
  const unknown = differences.filter((one) => knownAs([one], circumstances) === undefined);
  const [difference] = unknown;
  if (difference === undefined) return false;
  const shape = `${difference.kind} ${commandOf(sql)} ${shapeOf(difference.words)}`;
  if (countOne(tally.shapes, shape) > wish.examples) return false;
  const shortest = await shrink(history, difference, async (shorter) => (await outcomeOf(shorter, lab)).differences);
  const { differences: said, ...again } = await outcomeOf(shortest, lab);
  const shrunkTo = said.length === 0 ? undefined : knownAs(said, { ...again, sql: lastStatement(shortest) });
  if (shrunkTo !== undefined) {
    countOne(tally.known, shrunkTo);
    tally.shapes.delete(shape);
    return true;
  }
  const lines = (said.length > 0 ? said : unknown).slice(0, 6).map(({ kind, words }) => `--   ${kind}: ${words}`);
  wish.say([`\n-- PostgreSQL ${lab.server.version}, seed ${seed}: ${commandOf(sql)}`, asFixture(shortest, difference.kind) + lines.join('\n')].join('\n'));
  return true;
}

/** Of the last statement. */
async function outcomeOf(history: History, lab: Lab): Promise<Outcome & { readonly world: World }> {
  const trial = await startTrial(lab);
  for (const migration of setup(history)) {
    await trial.openMigration();
    for (const sql of migration) await trial.follow(sql);
  }
  const world = await trial.world();
  return { ...(await trial.run(lastStatement(history))), world };
}

/** `ALTER TABLE DROP COLUMN`: without what may stand there or not. */
function commandOf(sql: string): string {
  const words = sql.replace(/"[^"]*"|'[^']*'/g, '').match(/\b[A-Z]{2,}\b/g) ?? [];
  return words.filter((word) => !passing.has(word)).slice(0, words[0] === 'ALTER' ? 4 : 2).join(' ');
}

const passing: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'UNIQUE', 'UNLOGGED', 'TEMP', 'TEMPORARY', 'CONCURRENTLY', 'LANGUAGE', 'OR', 'REPLACE', 'COLUMN', 'CONSTRAINT']);
