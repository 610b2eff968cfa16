// The tables, views and the like of a database at one moment.

import type { Client } from 'pg';
import { printName, type QualifiedName } from '../../src/model/names.ts';

export interface FoundRelation {
  readonly oid: number;
  readonly name: QualifiedName;
  /** pg_class.relkind: `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table. */
  readonly kind: string;
  /** Another one means other files: the relation was rewritten, truncated or refreshed. Null where it has none. */
  readonly filenode: number | null;
  /** Rows that this connection inserted, updated or deleted and has not reported yet. */
  readonly written: number;
  /** Sequential scans, in the same way. */
  readonly scans: number;
}

interface Row extends Omit<FoundRelation, 'name'> {
  readonly schema: string;
  readonly name: string;
}

/** By oid. */
export async function relationsOf(client: Client): Promise<ReadonlyMap<number, FoundRelation>> {
  const { rows } = await client.query<Row>(`
    SELECT pg_class.oid, regexp_replace(nspname, '^pg_temp_.*', 'pg_temp') AS schema, relname AS name, relkind AS kind,
           pg_relation_filenode(pg_class.oid) AS filenode, pg_stat_get_xact_numscans(pg_class.oid)::int AS scans,
           (pg_stat_get_xact_tuples_inserted(pg_class.oid) + pg_stat_get_xact_tuples_updated(pg_class.oid)
             + pg_stat_get_xact_tuples_deleted(pg_class.oid))::int AS written
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`);
  return new Map(rows.map(({ schema, name, ...rest }) => [rest.oid, { ...rest, name: { schema, name } }]));
}

export function holdsRows({ kind }: FoundRelation): boolean {
  return kind === 'r' || kind === 'm' || kind === 'f';
}

/** `schema.name` of all indexes. */
export async function indexesOf(client: Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<QualifiedName>(`
    SELECT nspname AS schema, relname AS name
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('i', 'I')`);
  return new Set(rows.map(printName));
}
