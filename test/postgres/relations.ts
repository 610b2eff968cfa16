// The tables, views and the like of a database at one moment.

import type { Client } from 'pg';
import type { QualifiedName } from '../../src/model/names.ts';

export interface FoundRelation {
  readonly oid: number;
  readonly name: QualifiedName;
  /** pg_class.relkind: `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table. */
  readonly kind: string;
  /** Another one means other files: the relation was rewritten, truncated or refreshed. Null where it has none. */
  readonly filenode: number | null;
}

interface Row {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly filenode: number | null;
}

/** By oid. */
export async function relationsOf(client: Client): Promise<ReadonlyMap<number, FoundRelation>> {
  const { rows } = await client.query<Row>(`
    SELECT pg_class.oid, regexp_replace(nspname, '^pg_temp_.*', 'pg_temp') AS schema, relname AS name, relkind AS kind,
           pg_relation_filenode(pg_class.oid) AS filenode
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`);
  return new Map(rows.map(({ oid, schema, name, kind, filenode }) => [oid, { oid, name: { schema, name }, kind, filenode }]));
}

export function holdsRows({ kind }: FoundRelation): boolean {
  return kind === 'r' || kind === 'm' || kind === 'f';
}
