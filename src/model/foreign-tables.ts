// Tables that a history may use and need not make: those of platforms and extensions, and the lists in which tools keep what was run.

import type { QualifiedName } from './names.ts';

/** Does somebody else fill the schema in every database of its kind, so that its tables say nothing of what else is there? */
export function isOfPlatform(schema: string): boolean {
  return schemas.has(schema) || /^(?:_timescaledb|pg_)/.test(schema);
}

/** Does it stand among the tables of the project, and say nothing of them? */
export function isBrought({ name }: QualifiedName): boolean {
  return tables.has(name);
}

/** Supabase's, Hasura's and Neon's, and those of extensions: TimescaleDB, PostGIS, pg_cron, pg_partman, pgmq, pgsodium, Citus. */
const schemas: ReadonlySet<string> = new Set([
  'pg_catalog',
  'information_schema',
  'auth',
  'storage',
  'realtime',
  '_realtime',
  'supabase_functions',
  'supabase_migrations',
  'extensions',
  'graphql',
  'graphql_public',
  'vault',
  'pgsodium',
  'pgbouncer',
  'net',
  'neon',
  'neon_auth',
  'hdb_catalog',
  'hdb_views',
  'timescaledb_information',
  'timescaledb_experimental',
  'toolkit_experimental',
  'cron',
  'partman',
  'pgmq',
  'pgmq_public',
  'pgboss',
  'graphile_worker',
  'tiger',
  'tiger_data',
  'topology',
  'citus',
  'columnar',
  'repack',
  'squeeze',
]);

const tables: ReadonlySet<string> = new Set([
  // PostGIS, wherever it is installed.
  'spatial_ref_sys',
  'geometry_columns',
  'geography_columns',
  'raster_columns',
  'raster_overviews',
  // What was run, by tool.
  '__EFMigrationsHistory',
  '__diesel_schema_migrations',
  '__drizzle_migrations',
  '_prisma_migrations',
  '_sqlx_migrations',
  'alembic_version',
  'ar_internal_metadata',
  'atlas_schema_revisions',
  'databasechangelog',
  'databasechangeloglock',
  'DATABASECHANGELOG',
  'DATABASECHANGELOGLOCK',
  'flyway_schema_history',
  'goose_db_version',
  'gorp_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  'pgmigrations',
  'refinery_schema_history',
  'schema_migration',
  'schema_migrations',
  'schema_version',
]);
