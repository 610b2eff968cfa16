// The tables in which migration tools write down what they have run. Sources: the source of each tool, where it makes its table.

export interface Bookkeeper {
  /** As its makers write it; undefined where several tools have such a table. */
  readonly title: string | undefined;
  /** By which columns a migration is known, from the surest on. */
  readonly columns: readonly string[];
  /** A row is written before the migration runs, and changed behind it. */
  readonly isWrittenFirst?: boolean;
}

/** By the name of the table, without its schema. */
export const bookkeepers: ReadonlyMap<string, Bookkeeper> = new Map<string, Bookkeeper>([
  ['schema_migrations', { title: undefined, columns: ['version'] }],
  ['alembic_version', { title: 'Alembic', columns: ['version_num'] }],
  ['django_migrations', { title: 'Django', columns: ['app', 'name'] }],
  ['knex_migrations', { title: 'Knex', columns: ['name'] }],
  ['sequelizemeta', { title: 'Sequelize', columns: ['name'] }],
  ['sequelize_meta', { title: 'Sequelize', columns: ['name'] }],
  ['flyway_schema_history', { title: 'Flyway', columns: ['script'] }],
  ['databasechangelog', { title: 'Liquibase', columns: ['filename'] }],
  ['goose_db_version', { title: 'goose', columns: ['version_id'] }],
  ['_prisma_migrations', { title: 'Prisma', columns: ['migration_name'], isWrittenFirst: true }],
  ['__drizzle_migrations', { title: 'Drizzle', columns: ['name', 'hash', 'created_at'] }],
  ['migrations', { title: undefined, columns: ['name', 'migration', 'timestamp', 'id', 'version'] }],
  ['mikro_orm_migrations', { title: 'MikroORM', columns: ['name'] }],
  ['kysely_migration', { title: 'Kysely', columns: ['name'] }],
  ['pgmigrations', { title: 'node-pg-migrate', columns: ['name'] }],
  ['__efmigrationshistory', { title: 'EF Core', columns: ['MigrationId'] }],
  ['doctrine_migration_versions', { title: 'Doctrine', columns: ['version'] }],
  ['phinxlog', { title: 'Phinx', columns: ['version'] }],
  ['_sqlx_migrations', { title: 'sqlx', columns: ['version'] }],
  ['refinery_schema_history', { title: 'refinery', columns: ['version'] }],
  ['__diesel_schema_migrations', { title: 'diesel', columns: ['version'] }],
  ['schema_version', { title: 'tern', columns: ['version'] }],
  ['gorp_migrations', { title: 'sql-migrate', columns: ['id'] }],
  ['schema_info', { title: 'Sequel', columns: ['version'] }],
  ['bun_migrations', { title: 'Bun', columns: ['name'] }],
  ['gopg_migrations', { title: 'go-pg', columns: ['version'] }],
  ['seaql_migrations', { title: 'SeaORM', columns: ['version'] }],
  ['payload_migrations', { title: 'Payload', columns: ['name'] }],
  ['adonis_schema', { title: 'AdonisJS', columns: ['name'] }],
]);

/** Of their locks and summaries. */
export const besideTables: ReadonlySet<string> = new Set([
  'knex_migrations_lock', 'kysely_migration_lock', 'databasechangeloglock', 'ar_internal_metadata', 'bun_migration_locks', 'adonis_schema_versions', 'typeorm_metadata', '_yoyo_version', '_yoyo_log', 'yoyo_lock',
]);
