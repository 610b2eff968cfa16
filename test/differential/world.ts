// What there is in the database of a history, asked of the server: names for the next statement.

import type { Connection } from '../../src/trace/connection.ts';

export interface WorldColumn {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  /** '' for none, `a` always, `d` by default. */
  readonly identity: string;
  /** '' for none, `s` stored, `v` virtual. */
  readonly generated: string;
}

export interface WorldConstraint {
  readonly name: string;
  /** pg_constraint.contype. */
  readonly type: string;
  readonly columns: readonly string[];
}

export interface WorldRelation {
  /** As SQL writes it: `public."Order Lines"`. */
  readonly sql: string;
  readonly schema: string;
  readonly name: string;
  /** pg_class.relkind: `r`, `p`, `v`, `m`, `S`, `c`. */
  readonly kind: string;
  /** `p`ermanent, `u`nlogged, `t`emporary. */
  readonly persistence: string;
  readonly isPartition: boolean;
  /** As SQL writes it; null for none. */
  readonly parent: string | null;
  /** pg_partitioned_table.partstrat; null for what is not partitioned. */
  readonly strategy: string | null;
  readonly columns: readonly WorldColumn[];
  readonly constraints: readonly WorldConstraint[];
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  readonly rules: readonly string[];
}

export interface WorldType {
  readonly sql: string;
  /** `e`num, `d`omain, `c`omposite, `r`ange. */
  readonly kind: string;
  readonly labels: readonly string[];
  readonly attributes: readonly string[];
  readonly constraints: readonly string[];
}

export interface World {
  readonly relations: readonly WorldRelation[];
  readonly types: readonly WorldType[];
  /** With their arguments: `public.twice(integer)`. */
  readonly functions: readonly string[];
  readonly schemas: readonly string[];
  readonly publications: readonly string[];
  readonly statistics: readonly string[];
}

export async function worldOf(connection: Connection): Promise<World> {
  const [row] = await connection.rows<{ readonly world: World }>(question);
  if (row === undefined) throw new Error('the server says nothing of what it holds');
  return row.world;
}

const question = `
  WITH spaces AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast|catalog)' AND nspname <> 'information_schema'
    AND (nspname !~ '^pg_temp' OR oid = pg_my_temp_schema())),
  columns AS (SELECT attrelid, json_agg(json_build_object('name', quote_ident(attname), 'type', format_type(atttypid, atttypmod), 'notNull', attnotnull,
      'hasDefault', atthasdef, 'identity', attidentity, 'generated', attgenerated) ORDER BY attnum) AS list
    FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped GROUP BY 1),
  constraints AS (SELECT conrelid, json_agg(json_build_object('name', quote_ident(conname), 'type', contype, 'columns',
      (SELECT coalesce(json_agg(quote_ident(attname) ORDER BY at), '[]') FROM unnest(conkey) WITH ORDINALITY key(num, at) JOIN pg_attribute ON attrelid = conrelid AND attnum = num))
      ORDER BY conname) AS list
    FROM pg_constraint WHERE conrelid <> 0 GROUP BY 1)
  SELECT json_build_object(
    'relations', (SELECT coalesce(json_agg(json_build_object('sql', quote_ident(nspname) || '.' || quote_ident(relname), 'schema', quote_ident(nspname), 'name', quote_ident(relname),
        'kind', relkind, 'persistence', relpersistence, 'isPartition', relispartition,
        'parent', (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid LIMIT 1),
        'strategy', (SELECT partstrat FROM pg_partitioned_table WHERE partrelid = c.oid),
        'columns', coalesce(columns.list, '[]'), 'constraints', coalesce(constraints.list, '[]'),
        'indexes', (SELECT coalesce(json_agg(quote_ident(i.relname) ORDER BY i.relname), '[]') FROM pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indrelid = c.oid),
        'triggers', (SELECT coalesce(json_agg(quote_ident(tgname) ORDER BY tgname), '[]') FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal),
        'policies', (SELECT coalesce(json_agg(quote_ident(polname) ORDER BY polname), '[]') FROM pg_policy WHERE polrelid = c.oid),
        'rules', (SELECT coalesce(json_agg(quote_ident(rulename) ORDER BY rulename), '[]') FROM pg_rewrite WHERE ev_class = c.oid AND rulename <> '_RETURN'))
        ORDER BY nspname, relname), '[]')
      FROM pg_class c JOIN spaces ON spaces.oid = relnamespace LEFT JOIN columns ON attrelid = c.oid LEFT JOIN constraints ON conrelid = c.oid
      WHERE relkind IN ('r', 'p', 'v', 'm', 'S')),
    'types', (SELECT coalesce(json_agg(json_build_object('sql', quote_ident(nspname) || '.' || quote_ident(typname), 'kind', typtype,
        'labels', (SELECT coalesce(json_agg(enumlabel ORDER BY enumsortorder), '[]') FROM pg_enum WHERE enumtypid = t.oid),
        'attributes', (SELECT coalesce(json_agg(quote_ident(attname) ORDER BY attnum), '[]') FROM pg_attribute WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped),
        'constraints', (SELECT coalesce(json_agg(quote_ident(conname) ORDER BY conname), '[]') FROM pg_constraint WHERE contypid = t.oid))
        ORDER BY nspname, typname), '[]')
      FROM pg_type t JOIN spaces ON spaces.oid = typnamespace LEFT JOIN pg_class ON pg_class.oid = typrelid
      WHERE typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND relkind = 'c')),
    'functions', (SELECT coalesce(json_agg(quote_ident(nspname) || '.' || quote_ident(proname) || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')'
        ORDER BY proname, pg_proc.oid), '[]') FROM pg_proc JOIN spaces ON spaces.oid = pronamespace WHERE prokind = 'f'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'i')),
    'schemas', (SELECT coalesce(json_agg(quote_ident(nspname) ORDER BY nspname), '[]') FROM spaces WHERE nspname !~ '^pg_'),
    'publications', (SELECT coalesce(json_agg(quote_ident(pubname) ORDER BY pubname), '[]') FROM pg_publication),
    'statistics', (SELECT coalesce(json_agg(quote_ident(nspname) || '.' || quote_ident(stxname) ORDER BY stxname), '[]') FROM pg_statistic_ext JOIN spaces ON spaces.oid = stxnamespace)
  ) AS world`;
