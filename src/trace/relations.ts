// The tables, views and the like of a database at one moment.

import { printName, type QualifiedName } from '../model/names.ts';
import type { Connection } from './connection.ts';

export interface FoundRelation {
  readonly oid: number;
  readonly name: QualifiedName;
  /** pg_class.relkind: `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table, `i` and `I` index, `S` sequence. */
  readonly kind: string;
  /** Another one means other files: the relation was rewritten, truncated or refreshed. Null where it has none. */
  readonly filenode: number | null;
  /** Rows that this connection inserted, updated or deleted and has not reported yet. */
  readonly written: number;
  /** Sequential scans, in the same way. */
  readonly scans: number;
  /** The table of an index, or of a sequence that belongs to a column. */
  readonly table: number | null;
}

/** By oid. */
export type Relations = ReadonlyMap<number, FoundRelation>;

interface Row extends Omit<FoundRelation, 'name'> {
  readonly schema: string;
  readonly name: string;
}

export async function relationsOf(connection: Connection): Promise<Relations> {
  const rows = await connection.rows<Row>(`
    SELECT pg_class.oid, regexp_replace(nspname, '^pg_temp_.*', 'pg_temp') AS schema, relname AS name, relkind AS kind,
           pg_relation_filenode(pg_class.oid) AS filenode, pg_stat_get_xact_numscans(pg_class.oid)::int AS scans,
           (pg_stat_get_xact_tuples_inserted(pg_class.oid) + pg_stat_get_xact_tuples_updated(pg_class.oid)
             + pg_stat_get_xact_tuples_deleted(pg_class.oid))::int AS written,
           coalesce(indrelid, refobjid)::int8::float8 AS table
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace LEFT JOIN pg_index ON indexrelid = pg_class.oid
    LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = pg_class.oid AND objsubid = 0 AND relkind = 'S' AND deptype IN ('a', 'i')
      AND refclassid = 'pg_class'::regclass
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'i', 'I', 'S') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_toast'`);
  return new Map(rows.map(({ schema, name, ...rest }) => [rest.oid, { ...rest, name: { schema, name } }]));
}

export function holdsRows({ kind }: FoundRelation): boolean {
  return kind === 'r' || kind === 'm' || kind === 'f';
}

export function isIndex({ kind }: FoundRelation): boolean {
  return kind === 'i' || kind === 'I';
}

export function isSequence({ kind }: FoundRelation): boolean {
  return kind === 'S';
}

/** `schema.name` of all indexes. */
export function indexNames(relations: Relations): ReadonlySet<string> {
  return new Set([...relations.values()].filter(isIndex).map(({ name }) => printName(name)));
}
