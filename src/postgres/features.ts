// Since when PostgreSQL has what a statement can say. Proven by fixtures/versions on the servers: the version before refuses each.

import type { PostgresVersion } from '../model/version.ts';

/** Named as messages name them; functions are known from the catalogs instead, see `functionSince`. */
export const features = {
  'NULLS NOT DISTINCT': 15,
  'a security_invoker view': 15,
  MERGE: 15,
  'SET ACCESS METHOD': 15,
  'ON DELETE SET … with a list of columns': 15,
  'a publication with a list of columns': 15,
  'a publication with a WHERE': 15,
  'a publication of TABLES IN SCHEMA': 15,
  'ALTER DATABASE … REFRESH COLLATION VERSION': 15,
  'an unlogged sequence': 15,
  'SET LOGGED or UNLOGGED of a sequence': 15,
  'GRANT … ON PARAMETER': 15,
  'COPY … HEADER MATCH': 15,
  'ALTER SUBSCRIPTION … SKIP': 15,
  'CREATE SUBSCRIPTION … TWO_PHASE': 15,
  'CREATE SUBSCRIPTION … DISABLE_ON_ERROR': 15,

  'STORAGE of a column in CREATE TABLE': 16,
  'SET STORAGE DEFAULT': 16,
  'GRANT … WITH INHERIT': 16,
  'GRANT … WITH SET': 16,
  'a subquery in FROM without an alias': 16,
  'COPY … DEFAULT': 16,
  'VACUUM (PROCESS_MAIN)': 16,
  'VACUUM (SKIP_DATABASE_STATS)': 16,
  'VACUUM (ONLY_DATABASE_STATS)': 16,
  'BUFFER_USAGE_LIMIT': 16,
  'REINDEX without the name of the database': 16,
  'CREATE STATISTICS without a name': 16,
  'EXPLAIN (GENERIC_PLAN)': 16,
  'CREATE COLLATION … RULES': 16,
  'CREATE SUBSCRIPTION … ORIGIN': 16,
  'CREATE SUBSCRIPTION … PASSWORD_REQUIRED': 16,
  'CREATE SUBSCRIPTION … RUN_AS_OWNER': 16,
  'SYSTEM_USER': 16,
  'the constructor JSON_OBJECT': 16,
  'the constructor JSON_ARRAY': 16,
  JSON_OBJECTAGG: 16,
  JSON_ARRAYAGG: 16,
  'IS JSON': 16,

  'MERGE … RETURNING': 17,
  'WHEN NOT MATCHED BY SOURCE': 17,
  'SET EXPRESSION': 17,
  'SET ACCESS METHOD DEFAULT': 17,
  'USING of a partitioned table': 17,
  'an exclusion constraint of a partitioned table': 17,
  'SET STATISTICS DEFAULT': 17,
  'ALTER DOMAIN … ADD NOT NULL': 17,
  'ALTER OPERATOR … SET (MERGES, HASHES, COMMUTATOR, NEGATOR)': 17,
  'the privilege MAINTAIN': 17,
  'an event trigger ON login': 17,
  'AT LOCAL': 17,
  'COPY … ON_ERROR': 17,
  'COPY … LOG_VERBOSITY': 17,
  'COPY … FORCE_NULL or FORCE_NOT_NULL of all columns': 17,
  'EXPLAIN (SERIALIZE)': 17,
  'EXPLAIN (MEMORY)': 17,
  'CREATE SUBSCRIPTION … FAILOVER': 17,
  JSON_TABLE: 17,
  'JSON_EXISTS, JSON_QUERY and JSON_VALUE': 17,
  'JSON (… WITH UNIQUE KEYS)': 17,
  JSON_SCALAR: 17,
  JSON_SERIALIZE: 17,

  'a VIRTUAL generated column': 18,
  'NOT NULL … NOT VALID': 18,
  'NOT NULL as a constraint of the table': 18,
  'NOT NULL … NO INHERIT': 18,
  'ENFORCED or NOT ENFORCED': 18,
  'ALTER CONSTRAINT … INHERIT': 18,
  'ALTER CONSTRAINT … NO INHERIT': 18,
  'WITHOUT OVERLAPS': 18,
  'PERIOD in a foreign key': 18,
  'OLD or NEW in RETURNING': 18,
  'VACUUM ONLY': 18,
  'ANALYZE ONLY': 18,
  'COPY … REJECT_LIMIT': 18,
  'LIKE in CREATE FOREIGN TABLE': 18,
  'ALTER DEFAULT PRIVILEGES … ON LARGE OBJECTS': 18,
  'CREATE PUBLICATION … PUBLISH_GENERATED_COLUMNS': 18,

  REPACK: 19,
  'ALTER TABLE … SPLIT PARTITION': 19,
  'ALTER TABLE … MERGE PARTITIONS': 19,
  'FOR PORTION OF': 19,
  'GROUP BY ALL': 19,
  'IGNORE NULLS or RESPECT NULLS': 19,
  'ON CONFLICT … DO SELECT': 19,
  'a property graph': 19,
  GRAPH_TABLE: 19,
  'WAIT FOR': 19,
  'CHECKPOINT with options': 19,
  'more in CREATE SCHEMA': 19,
  'GRANT … GRANTED BY another role': 19,
  'a publication of ALL TABLES EXCEPT': 19,
  'a publication of ALL SEQUENCES': 19,
  'ALTER PUBLICATION … SET ALL': 19,
  'ALTER SUBSCRIPTION … REFRESH SEQUENCES': 19,
  'CREATE SUBSCRIPTION … SERVER': 19,
  'CREATE FOREIGN DATA WRAPPER … CONNECTION': 19,
  'COPY … FORMAT JSON': 19,
  'COPY … FORCE_ARRAY': 19,
  'COPY … ON_ERROR SET_NULL': 19,
  'COPY … HEADER of several lines': 19,
  'EXPLAIN (IO)': 19,
  'the type oid8': 19,
  'the type regdatabase': 19,
} as const satisfies Readonly<Record<string, PostgresVersion>>;

export type FeatureName = keyof typeof features;

const unread: readonly FeatureName[] = [
  'NULLS NOT DISTINCT',
  'MERGE',
  'SET ACCESS METHOD',
  'ON DELETE SET … with a list of columns',
  'a publication with a list of columns',
  'a publication with a WHERE',
  'a publication of TABLES IN SCHEMA',
  'STORAGE of a column in CREATE TABLE',
  'SET STORAGE DEFAULT',
  'a subquery in FROM without an alias',
  'CREATE STATISTICS without a name',
  'IS JSON',
  'MERGE … RETURNING',
  'WHEN NOT MATCHED BY SOURCE',
  'SET EXPRESSION',
  'SET ACCESS METHOD DEFAULT',
  'SET STATISTICS DEFAULT',
  'AT LOCAL',
  'a VIRTUAL generated column',
  'NOT NULL … NOT VALID',
  'NOT NULL as a constraint of the table',
  'NOT NULL … NO INHERIT',
  'ENFORCED or NOT ENFORCED',
  'ALTER CONSTRAINT … INHERIT',
  'WITHOUT OVERLAPS',
  'PERIOD in a foreign key',
  'VACUUM ONLY',
  'ANALYZE ONLY',
];

/**
 * The SQLSTATE that a version without it answers as it reads the statement, before it looks for anything: its grammar does not take it. Others
 * are read, and refused later. Source: src/backend/parser/gram.y of each version, which says 0A000 of ALTER CONSTRAINT … NO INHERIT.
 */
export const readErrors: { readonly [K in FeatureName]?: string } = {
  ...Object.fromEntries(unread.map((name) => [name, '42601'])),
  'ALTER CONSTRAINT … NO INHERIT': '0A000',
};

/** Functions of versions that no server was asked about, from their release notes. */
export const announcedFunctions: Readonly<Record<string, PostgresVersion>> = {
  error_on_null: 19,
  multirange_minus_multi: 19,
  pg_clear_extended_stats: 19,
  pg_get_database_ddl: 19,
  pg_get_role_ddl: 19,
  pg_get_tablespace_ddl: 19,
  pg_restore_extended_stats: 19,
  range_minus_multi: 19,
  tid_block: 19,
  tid_offset: 19,
};

/** Settings that a version has no more. */
export const removedSettings: ReadonlySet<string> = new Set(['escape_string_warning', 'standard_conforming_strings']);

/** What a version takes no more of `SET name = value`; `until`: the first one. Source: the release notes of 19. */
export function removedSetting(name: string, value: string): { readonly name: string; readonly until: PostgresVersion } | undefined {
  if (name === 'escape_string_warning') return { name: `the setting ${name}`, until: 19 };
  const isOff = /^(?:of|off|f|fa|fal|fals|false|n|no|0)$/i.test(value);
  return name === 'standard_conforming_strings' && isOff ? { name: `SET ${name} = off`, until: 19 } : undefined;
}

/** Settings that a session or a role can have, by the version that brought them. */
export const newerSettings: Readonly<Record<string, PostgresVersion>> = {
  recursive_worktable_factor: 15,
  stats_fetch_consistency: 15,
  createrole_self_grant: 16,
  enable_presorted_aggregate: 16,
  icu_validation_level: 16,
  scram_iterations: 16,
  vacuum_buffer_usage_limit: 16,
  enable_group_by_reordering: 17,
  event_triggers: 17,
  io_combine_limit: 17,
  transaction_timeout: 17,
  enable_distinct_reordering: 18,
  enable_self_join_elimination: 18,
  extension_control_path: 18,
  file_copy_method: 18,
  track_cost_delay_timing: 18,
  vacuum_max_eager_freeze_failure_rate: 18,
  vacuum_truncate: 18,
  enable_eager_aggregate: 19,
  min_eager_agg_group_size: 19,
};
