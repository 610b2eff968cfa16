// From what a server says and leaves behind to the work that it did.

import type { Client } from 'pg';
import type { Work } from '../../src/model/effect.ts';
import { holdsRows, relationsOf, type FoundRelation } from './relations.ts';

/** What is known when the statement is through, and its transaction still open if it has one. */
export interface Aftermath {
  readonly client: Client;
  readonly before: ReadonlyMap<number, FoundRelation>;
  /** Relations on which it took a lock stronger than ROW SHARE. */
  readonly locked: ReadonlySet<number>;
  /** DEBUG1 messages. */
  readonly messages: readonly string[];
  /** The first word of the command tag. */
  readonly command: string;
}

/** Work by the oid of the relation. */
export async function observedWork(aftermath: Aftermath): Promise<ReadonlyMap<number, readonly Work[]>> {
  const found = [...spokenOf(aftermath), ...(await keysChecked(aftermath)), ...(await filesReplaced(aftermath)), ...(await rowsWritten(aftermath))];
  return new Map([...aftermath.before.keys()].map((oid) => [oid, found.filter((one) => one.oid === oid).map(({ work }) => work)]));
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

function spokenOf({ before, locked, messages }: Aftermath): Found[] {
  const relations = [...before.values()].filter(({ oid }) => locked.has(oid));
  return messages.flatMap((message) =>
    phrases.flatMap(([phrase, work]) => {
      const name = phrase.exec(message)?.[1];
      return relations.filter((relation) => relation.name.name === name).map(({ oid }) => ({ oid, work }));
    }),
  );
}

/** The message names the constraint alone: its tables, and those of the constraints below it, are in pg_constraint. */
async function keysChecked({ client, before, messages }: Aftermath): Promise<Found[]> {
  const names = messages.flatMap((message) => /^validating foreign key constraint "(.+)"$/.exec(message)?.[1] ?? []);
  if (names.length === 0) return [];
  const { rows } = await client.query<{ readonly oid: number }>(
    `WITH RECURSIVE changed AS (SELECT * FROM pg_constraint WHERE contype = 'f' AND xmin = pg_current_xact_id()::xid),
       checked AS (
         SELECT oid, conrelid, confrelid FROM changed WHERE conname = ANY ($1)
         UNION SELECT changed.oid, changed.conrelid, changed.confrelid FROM changed JOIN checked ON changed.conparentid = checked.oid)
     SELECT conrelid AS oid FROM checked UNION SELECT confrelid FROM checked`,
    [names],
  );
  return rows.filter(({ oid }) => isWithRows(before.get(oid))).map(({ oid }) => ({ oid, work: 'foreign-key-check' }));
}

function isWithRows(relation: FoundRelation | undefined): boolean {
  return relation !== undefined && holdsRows(relation);
}

/** CLUSTER, VACUUM FULL, SET TABLESPACE and REFRESH say nothing at DEBUG1; their new files speak for them. */
async function filesReplaced({ client, before, command }: Aftermath): Promise<Found[]> {
  if (command === 'TRUNCATE') return [];
  const after = await relationsOf(client);
  const replaced = [...before.values()].filter(({ oid, filenode }) => after.has(oid) && after.get(oid)?.filenode !== filenode);
  const unfilled = await unfilledViews(client);
  return replaced.filter(holdsRows).filter(({ oid }) => !unfilled.has(oid)).map(({ oid }) => ({ oid, work: command === 'REFRESH' ? 'refresh' : 'rewrite' }));
}

async function unfilledViews(client: Client): Promise<ReadonlySet<number>> {
  const { rows } = await client.query<{ readonly oid: number }>("SELECT oid FROM pg_class WHERE relkind = 'm' AND NOT relispopulated");
  return new Set(rows.map(({ oid }) => oid));
}

/** REFRESH CONCURRENTLY writes its differences as rows. */
async function rowsWritten({ client, before, command }: Aftermath): Promise<Found[]> {
  if (command === 'ALTER') return [];
  const { rows } = await client.query<{ readonly relid: number }>(
    'SELECT relid FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0',
  );
  return rows.filter(({ relid }) => isWithRows(before.get(relid))).map(({ relid }) => ({ oid: relid, work: command === 'REFRESH' ? 'refresh' : 'write' }));
}
