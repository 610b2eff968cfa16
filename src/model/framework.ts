// The migration tools that are known by name.

export const frameworkNames = [
  'plain',
  'flyway',
  'liquibase',
  'golang-migrate',
  'goose',
  'dbmate',
  'sqlx',
  'refinery',
  'diesel',
  'prisma',
  'drizzle',
  'node-pg-migrate',
  'graphile-migrate',
  'sqitch',
  'supabase',
  'hasura',
  'atlas',
  'tern',
  'alembic',
  'django',
  'rails',
  'ecto',
  'knex',
  'typeorm',
  'sequelize',
  'efcore',
] as const;

export type FrameworkName = (typeof frameworkNames)[number];
