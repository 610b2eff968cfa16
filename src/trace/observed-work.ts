// From what a server says and leaves behind to the work that it did.

import type { Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { Connection } from './connection.ts';
import type { Locks } from './locks.ts';
import { holdsRows, isIndex, relationsOf, type FoundRelation, type Relations } from './relations.ts';

/** What is known when the statement is through, and its transaction still open if it has one. */
export interface Aftermath {
  readonly connection: Connection;
  readonly before: Relations;
  /** What was changed since has this transaction id, or a later one. */
  readonly since: number;
  /** Those that it took. */
  readonly locks: Locks;
  /** Those that its transaction had before. */
  readonly held: Locks;
  /** DEBUG1 messages. */
  readonly messages: readonly string[];
  /** The first word of the command tag. */
  readonly command: string;
}

/** Work by the oid of the relation. */
export async function observedWork(aftermath: Aftermath): Promise<ReadonlyMap<number, readonly Work[]>> {
  const after = await relationsOf(aftermath.connection);
  const unfilled = await unfilledViews(aftermath.connection);
  const spoken = [...spokenOf(aftermath, after, unfilled), ...(await keysChecked(aftermath))];
  const replaced = filesReplaced(aftermath, after, unfilled);
  const found = [...spoken, ...replaced, ...rowsWritten(aftermath), ...rowsAnalyzed(aftermath, after), ...scannedSilently(aftermath, after, spoken)];
  const workOn = (oid: number): Work[] => found.filter((one) => one.oid === oid).map(({ work }) => work);
  return new Map([...aftermath.before.keys()].map((oid) => [oid, withoutCovered(workOn(oid))]));
}

/** The indexes of a view that is refreshed are part of the refresh. */
function withoutCovered(work: readonly Work[]): readonly Work[] {
  return work.includes('refresh') ? ['refresh'] : work;
}

interface Found {
  readonly oid: number;
  readonly work: Work;
}

/** Sources: ATRewriteTable() in src/backend/commands/tablecmds.c, index_build() in src/backend/catalog/index.c. */
const phrases: readonly (readonly [RegExp, Work])[] = [
  [/^rewriting table "(.+)"$/, 'rewrite'],
  [/^verifying table "(.+)"$/, 'scan'],
  [/^building index ".+" on table "(.+)" (?:serially|with request for \d+ parallel workers?)$/, 'index-build'],
];

/**
 * TRUNCATE and REFRESH WITH NO DATA build the indexes of what is empty by then. Messages name no schema: of several tables of a name, one of which the statement
 * may have made, those are meant that bear traces of the work.
 */
function spokenOf({ before, locks, held, messages, command }: Aftermath, after: Relations, unfilled: ReadonlySet<number>): Found[] {
  if (command === 'TRUNCATE') return [];
  const relations = [...before.values()].filter(({ oid }) => (locks.has(oid) || held.has(oid)) && !(command === 'REFRESH' && unfilled.has(oid)));
  return messages.flatMap((message) =>
    phrases.flatMap(([phrase, work]) => {
      const name = phrase.exec(message)?.[1];
      const called = relations.filter((relation) => relation.name.name === name);
      const worked = called.filter(({ oid }) => bearsTraces(oid, work, before, after));
      const isSure = worked.length > 0 || (command === 'CREATE' && isMade(name, before, after));
      return (isSure ? worked : called).map(({ oid }) => ({ oid, work }));
    }),
  );
}

/** Has a table of that name come? */
function isMade(name: string | undefined, before: Relations, after: Relations): boolean {
  return [...after.values()].some((relation) => relation.name.name === name && !before.has(relation.oid));
}

/** Files that are other ones, a scan more, an index that is new or has new files. */
function bearsTraces(oid: number, work: Work, before: Relations, after: Relations): boolean {
  const [earlier, later] = [before.get(oid), after.get(oid)];
  if (work === 'rewrite') return earlier?.filenode !== later?.filenode;
  if (work === 'scan') return (later?.scans ?? 0) > (earlier?.scans ?? 0);
  return [...after.values()].some((index) => index.table === oid && before.get(index.oid)?.filenode !== index.filenode);
}

/**
 * Messages name the constraint alone; its tables are in pg_constraint, with those of the constraints below it. Both sides are read. One
 * below that is older than its parent was there before and is taken over unread.
 */
async function keysChecked({ connection, before, since, messages }: Aftermath): Promise<Found[]> {
  const names = messages.flatMap((message) => /^validating foreign key constraint "(.+)"$/.exec(message)?.[1] ?? []);
  if (names.length === 0) return [];
  const rows = await connection.rows<{ readonly oid: number }>(
    `WITH RECURSIVE changed AS (SELECT * FROM pg_constraint WHERE contype = 'f' AND xmin::text::int8 >= $2),
       checked AS (
         SELECT oid, conrelid, confrelid FROM changed WHERE conname = ANY ($1)
         UNION SELECT changed.oid, changed.conrelid, changed.confrelid
           FROM changed JOIN checked ON changed.conparentid = checked.oid AND changed.oid > checked.oid)
     SELECT conrelid AS oid FROM checked UNION SELECT confrelid FROM checked
     UNION SELECT relid FROM checked, pg_partition_tree(confrelid) WHERE isleaf`,
    [names, since],
  );
  return rows.filter(({ oid }) => isWithRows(before.get(oid))).map(({ oid }) => ({ oid, work: 'foreign-key-check' }));
}

function isWithRows(relation: FoundRelation | undefined): boolean {
  return relation !== undefined && holdsRows(relation);
}

/** Whoever writes rows of a table has it locked in ROW EXCLUSIVE; REFRESH CONCURRENTLY writes its differences as rows. */
function rowsWritten({ before, locks, command }: Aftermath): Found[] {
  const mode = rowCommands.get(command);
  if (mode === undefined) return [];
  const found = [...before.values()].filter((relation) => holdsRows(relation) && locks.get(relation.oid) === mode);
  return found.map(({ oid }) => ({ oid, work: command === 'REFRESH' ? 'refresh' : 'write' }));
}

/** EXPLAIN takes the locks of what it plans; EXPLAIN ANALYZE runs it too. */
function rowsAnalyzed({ before, command }: Aftermath, after: Relations): Found[] {
  if (command !== 'EXPLAIN') return [];
  const written = [...before.values()].filter(({ oid, written: count }) => (after.get(oid)?.written ?? 0) > count);
  return written.map(({ oid }) => ({ oid, work: 'write' }));
}

const rowCommands: ReadonlyMap<string, LockMode> = new Map([
  ['INSERT', 'ROW EXCLUSIVE'],
  ['UPDATE', 'ROW EXCLUSIVE'],
  ['DELETE', 'ROW EXCLUSIVE'],
  ['MERGE', 'ROW EXCLUSIVE'],
  ['COPY', 'ROW EXCLUSIVE'],
  ['SELECT', 'ROW EXCLUSIVE'],
  ['DO', 'ROW EXCLUSIVE'],
  ['CALL', 'ROW EXCLUSIVE'],
  ['REFRESH', 'EXCLUSIVE'],
]);

/** CLUSTER, VACUUM FULL, SET TABLESPACE and REFRESH say nothing at DEBUG1; their new files speak for them. */
function filesReplaced({ before, command }: Aftermath, after: Relations, unfilled: ReadonlySet<number>): Found[] {
  if (command === 'TRUNCATE') return [];
  const replaced = [...before.values()].filter(({ oid, filenode }) => after.has(oid) && after.get(oid)?.filenode !== filenode);
  const filled = replaced.filter((relation) => !unfilled.has(relation.oid));
  return filled.flatMap((relation): Found[] => {
    if (isIndex(relation)) return [{ oid: relation.oid, work: 'index-build' }];
    const isRefreshed = relation.kind === 'm' && !movers.has(command);
    return holdsRows(relation) ? [{ oid: relation.oid, work: isRefreshed ? 'refresh' : 'rewrite' }] : [];
  });
}

/** Commands that write the rows of a materialized view to new files as they are. */
const movers: ReadonlySet<string> = new Set(['ALTER', 'CLUSTER', 'VACUUM']);

async function unfilledViews(connection: Connection): Promise<ReadonlySet<number>> {
  const unfilled = "SELECT oid FROM pg_class WHERE relkind = 'm' AND NOT relispopulated";
  const rows = await connection.rows<{ readonly oid: number }>(unfilled);
  return new Set(rows.map(({ oid }) => oid));
}

/** ALTER DOMAIN and CREATE TABLE … PARTITION OF read tables without a word; other work reads them as a part of it. */
function scannedSilently({ before, locks, command }: Aftermath, after: Relations, spoken: readonly Found[]): Found[] {
  if (command !== 'ALTER' && command !== 'CREATE') return [];
  const scanned = [...before.values()].filter(({ oid, scans }) => locks.has(oid) && (after.get(oid)?.scans ?? 0) > scans);
  return scanned.filter(({ oid }) => !spoken.some((one) => one.oid === oid)).map(({ oid }) => ({ oid, work: 'scan' }));
}
