// What migrations do to whoever uses the tables that were there before, as a server shows it: a line for each, so that two ways to the same end can be compared.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { Work } from '../../src/model/effect.ts';
import { blocksReads, blocksWrites, isStronger, type LockMode } from '../../src/model/lock.ts';
import { printName } from '../../src/model/names.ts';
import type { TransactionAction } from '../../src/model/statement.ts';
import { Refusal, type Connection, type Server } from '../../src/trace/connection.ts';
import { locksTaken, ownLocks, strongestOf, type Locks } from '../../src/trace/locks.ts';
import type { Observation, ObservedEffect } from '../../src/trace/observation.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { observeOutside } from '../../src/trace/observe-outside.ts';
import { relationsOf, type FoundRelation, type Relations } from '../../src/trace/relations.ts';
import { watch } from '../../src/trace/watch.ts';
import { runAsItsTool } from './as-its-tool.ts';
import { inSmallBatches, mostInBatch } from './small-batches.ts';

/**
 * `shut`: others are kept out of a table · `shutting`: … by this command · `worked`: … while its rows are worked on · `meanwhile`: … from an earlier statement on, while rows of any table are ·
 * `waiting`: a lock that keeps others out is waited for without an end · `long`: … or for a minute and more · `several`: … while another table is shut ·
 * `upgraded`: … on a table that the transaction has locked in a weaker way · `slow`: nothing ends a statement that shuts a table · `interruptible`: a timeout can end a
 * concurrent build · `written`: a transaction writes more rows than a batch has · `nested`: a transaction begins or ends where none should · `void`: what is set for a
 * transaction is set in none · `left-open`: one is open in the end.
 */
export const harms = ['shut', 'shutting', 'worked', 'meanwhile', 'waiting', 'long', 'several', 'upgraded', 'slow', 'interruptible', 'written', 'nested', 'void', 'left-open'] as const;

export type Harm = (typeof harms)[number];

export type Harms = ReadonlyMap<Harm, ReadonlySet<string>>;

/** Runs them as their tool does, on tables that are there. Rejects where PostgreSQL refuses a statement. */
export async function harmOf(migrations: readonly ParsedMigration[], server: Server): Promise<Harms> {
  const { connection } = server;
  const there = await relationsOf(connection);
  const found = new Map<Harm, Set<string>>(harms.map((harm) => [harm, new Set()]));
  const add = (harm: Harm, line: string): unknown => found.get(harm)?.add(line);
  const [start] = await connection.rows<{ readonly id: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS id');
  let isOpen = false;
  const observe = async (sql: string, command: string): Promise<void> => {
    const seen = isOpen ? await inTransaction(connection, sql, there) : await alone(server, sql, there);
    const isOfNew = [...seen.locked.keys()].some((oid) => !there.has(oid));
    for (const [harm, line] of linesOf({ ...seen, command }, there, isOfNew ? await relationsOf(connection) : there)) add(harm, line);
  };
  await runAsItsTool(migrations, {
    async bound(sql) {
      await connection.run(sql);
      isOpen = sql === 'BEGIN';
    },
    async run(text, statement) {
      const sql = inSmallBatches(text);
      if (statement.kind !== 'transaction' && statement.kind !== 'setting') return observe(sql, statement.command);
      const { messages } = await connection.run(sql);
      if (messages.some((message) => /transaction in progress/.test(message))) add('nested', sql.toUpperCase());
      if (messages.some((message) => /can only be used in transaction blocks/.test(message))) add('void', sql.toUpperCase());
      if (statement.kind === 'transaction') isOpen = opens(statement.action, isOpen);
    },
  });
  if (isOpen) add('left-open', 'a transaction');
  for (const line of await writtenAtOnce(connection, there, start?.id ?? '0')) add('written', line);
  return found;
}

function opens({ kind }: TransactionAction, isOpen: boolean): boolean {
  return kind === 'begin' || (isOpen && kind !== 'commit' && kind !== 'rollback' && kind !== 'prepare');
}

interface Seen {
  readonly sql: string;
  readonly timeouts: Timeouts;
  /** Before the statement. */
  readonly held: Locks;
  /** By the statement. */
  readonly taken: Locks;
  /** When it was through. */
  readonly locked: Locks;
  readonly work: ReadonlyMap<number, readonly Work[]>;
}

/** In milliseconds; 0: none. */
interface Timeouts {
  readonly lock: number;
  readonly statement: number;
}

async function timeoutsOf(connection: Connection): Promise<Timeouts> {
  const [row] = await connection.rows<Timeouts>("SELECT (SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout') AS lock, (SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout') AS statement");
  return row ?? { lock: 0, statement: 0 };
}

async function inTransaction(connection: Connection, sql: string, there: Relations): Promise<Seen> {
  const timeouts = await timeoutsOf(connection);
  const before = await ownLocks(connection);
  const { effects } = done(await observeInside(connection, sql));
  const after = await ownLocks(connection);
  const work = new Map(await workOf(effects.filter(({ oid }) => there.has(oid)), connection));
  return { sql, timeouts, held: strongestOf(before), taken: locksTaken(before, after), locked: strongestOf(after), work };
}

/** A foreign key of a table that is new has no rows to look up. */
async function workOf(effects: readonly ObservedEffect[], connection: Connection): Promise<readonly (readonly [number, readonly Work[]])[]> {
  const checked = effects.filter(({ work }) => work.includes('foreign-key-check'));
  const [only] = checked;
  const isIdle = only !== undefined && checked.length === 1 && (await connection.rows("SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = $1 AND confrelid = $1", [only.oid])).length === 0;
  return effects.map(({ oid, work }) => [oid, isIdle ? work.filter((one) => one !== 'foreign-key-check') : work] as const);
}

/** A loop that commits is not tried in a transaction: what it has drawn from a sequence until then would be gone. SQLSTATE 25001: it can't run in one. */
async function alone(server: Server, sql: string, there: Relations): Promise<Seen> {
  const { connection } = server;
  if (/^DO\b.*\bcommit\b/is.test(sql)) return outside(server, sql);
  await connection.run('BEGIN');
  try {
    const seen = await inTransaction(connection, sql, there);
    await connection.run('COMMIT');
    return seen;
  } catch (error) {
    await connection.run('ROLLBACK');
    if (!(error instanceof Refusal) || error.code !== '25001') throw error;
    return outside(server, sql);
  }
}

async function outside(server: Server, sql: string): Promise<Seen> {
  const timeouts = await timeoutsOf(server.connection);
  const observation = done(server.connect ? await watch(server.connection, server.connect, sql) : await observeOutside(server.connection, sql));
  const locked = new Map(observation.effects.flatMap(({ oid, lock }) => (lock === undefined ? [] : [[oid, lock] as const])));
  const work = new Map(observation.effects.map((effect) => [effect.oid, effect.work] as const));
  return { sql, timeouts, held: new Map(), taken: locked, locked, work };
}

/** Throws the refusal of what the server did not take. */
function done(observation: Observation): Observation & { readonly kind: 'done' } {
  if (observation.kind === 'done') return observation;
  throw observation.kind === 'refused' ? new Refusal(observation.code, observation.message) : new Error(observation.reason);
}

function linesOf({ command, sql, timeouts, held, taken, locked, work }: Seen & { readonly command: string }, there: Relations, now: Relations): (readonly [Harm, string])[] {
  const lines: (readonly [Harm, string])[] = [];
  const isTable = (oid: number): boolean => there.get(oid)?.table === null;
  const shut = (locks: Locks): readonly Shut[] => shutBy(locks, there, now);
  const worked = [...work].filter(([oid, done]) => done.length > 0 && there.has(oid));
  for (const { name, who } of shut(locked)) lines.push(['shut', `${who} of ${name}`], ['shutting', `${who} of ${name}, by ${command}`]);
  for (const [oid, done] of worked) {
    for (const { name, who } of shut(new Map([...locked].filter(([one]) => one === oid)))) for (const one of done) lines.push(['worked', `${who} of ${name} wait for ${one}`]);
    for (const { name, who } of shut(held)) for (const one of done) lines.push(['meanwhile', `${who} of ${name} wait for ${one} of ${nameOf(there.get(oid))}`]);
  }
  const wanted = shut(new Map([...taken].filter(([oid, mode]) => isStronger(mode, held.get(oid) ?? 'ROW SHARE'))));
  for (const { name, who, oid, mode } of wanted) {
    if (timeouts.lock === 0) lines.push(['waiting', `${who} of ${name}`]);
    if (timeouts.lock === 0 || timeouts.lock >= 60_000) lines.push(['long', `${who} of ${name}`]);
    if (timeouts.statement === 0) lines.push(['slow', `${who} of ${name}`]);
    for (const other of [...shut(held), ...wanted]) if (isTable(other.oid) && isTable(oid) && other.oid !== oid && !held.has(oid)) lines.push(['several', `${other.who} of ${other.name} while ${name} is waited for`]);
    const before = held.get(oid);
    if (before !== undefined && (before === 'ROW EXCLUSIVE' || blocksWrites(before)) && isStronger(mode, before)) lines.push(['upgraded', name]);
  }
  if (/\bINDEX CONCURRENTLY\b|\bREINDEX\b.*\bCONCURRENTLY\b/i.test(sql) && !/^DROP/i.test(sql) && (timeouts.lock > 0 || timeouts.statement > 0)) lines.push(['interruptible', 'a concurrent build']);
  return lines;
}

interface Shut {
  readonly oid: number;
  readonly name: string;
  readonly mode: LockMode;
  readonly who: 'readers' | 'writers';
}

/** Of those that were there before. Nobody writes to a materialized view; an index shuts its table, where that itself is open, to readers too: they plan with it. */
function shutBy(locks: Locks, there: Relations, now: Relations): readonly Shut[] {
  return [...locks].flatMap(([oid, mode]): Shut[] => {
    const relation = there.get(oid) ?? now.get(oid);
    if (relation === undefined) return [];
    const isTable = 'rpmf'.includes(relation.kind);
    const isIndexOfOld = 'iI'.includes(relation.kind) && relation.table !== null && there.has(relation.table) && !blocksReads(locks.get(relation.table) ?? 'ACCESS SHARE');
    if (isTable ? !there.has(oid) : !isIndexOfOld || !blocksReads(mode)) return [];
    const name = nameOf(isTable ? relation : (there.get(relation.table ?? 0) ?? relation));
    const readers: Shut[] = blocksReads(mode) ? [{ oid, name, mode, who: 'readers' }] : [];
    return blocksWrites(mode) && relation.kind !== 'm' ? [...readers, { oid, name, mode, who: 'writers' }] : readers;
  });
}

function nameOf(relation: FoundRelation | undefined): string {
  return relation === undefined ? '' : printName(relation.name);
}

/** Of rows that are still there, by the transactions that have written them; of a table that was rewritten, nothing can be seen. */
async function writtenAtOnce(connection: Connection, there: Relations, start: string): Promise<string[]> {
  const now = await relationsOf(connection);
  const lines: string[] = [];
  for (const { oid, kind, name, filenode } of there.values()) {
    const current = now.get(oid);
    if (kind !== 'r' || current === undefined || current.filenode !== filenode) continue;
    const table = [current.name.schema, current.name.name].map((part) => `"${part}"`).join('.');
    const rows = await connection.rows(`SELECT FROM ONLY ${table} WHERE xmin::text::int8 >= $1 GROUP BY xmin HAVING count(*) > $2 LIMIT 1`, [start, mostInBatch]);
    if (rows.length > 0) lines.push(printName(name));
  }
  return lines;
}
