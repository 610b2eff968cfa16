// The migration tools that are played against `record`, each with a project in fixtures/clients.

export interface Client {
  /** Of its folder in fixtures/clients. */
  readonly name: string;
  /** As its users run it. */
  readonly command: readonly string[];
  /** `system`: it is not on npm, and has to be installed already. */
  readonly from: 'npm' | 'system';
  /** A program of the system that it needs. */
  readonly needs?: string;
  /** What it sends within a migration beside what the migration says. */
  readonly itsOwn?: RegExp;
}

export const clients: readonly Client[] = [
  { name: 'typeorm', command: ['tsx', 'node_modules/typeorm/cli.js', 'migration:run', '-d', 'data-source.ts'], from: 'npm' },
  { name: 'knex', command: ['knex', 'migrate:latest'], from: 'npm' },
  { name: 'sequelize', command: ['sequelize-cli', 'db:migrate'], from: 'npm', itsOwn: /^SET (?:client_min_messages TO warning|TIME ZONE INTERVAL '\+00:00' HOUR TO MINUTE)$/ },
  { name: 'mikro-orm', command: ['tsx', 'node_modules/.bin/mikro-orm', 'migration:up'], from: 'npm', itsOwn: /^set names 'utf8'$/ },
  { name: 'kysely', command: ['kysely', 'migrate:latest'], from: 'npm' },
  { name: 'node-pg-migrate', command: ['node-pg-migrate', 'up'], from: 'npm', itsOwn: /^SET search_path TO public$/ },
  { name: 'drizzle', command: ['drizzle-kit', 'migrate'], from: 'npm', itsOwn: /^CREATE SCHEMA IF NOT EXISTS drizzle$/ },
  { name: 'alembic', command: ['alembic', 'upgrade', 'head'], from: 'system' },
  { name: 'django', command: ['/usr/bin/python3', 'manage.py', 'migrate'], from: 'system', itsOwn: /^SET TIME ZONE '[\w/]+'$/ },
  { name: 'rails', command: ['ruby', 'migrate.rb'], from: 'system', itsOwn: /^SET (?:client_min_messages TO 'warning'|standard_conforming_strings = on|intervalstyle = iso_8601|SESSION timezone TO 'UTC')$/ },
  {
    name: 'liquibase',
    command: ['sh', 'node_modules/liquibase/dist/liquibase/liquibase', '--classpath=node_modules/liquibase/dist/drivers/postgresql-42.4.2.jar', '--changelog-file=db/changelog/db.changelog-master.xml', '--url=jdbc:postgresql://{host}:{port}/{database}?sslmode=disable', '--username={user}', '--password={password}', 'update'],
    from: 'npm',
    needs: 'java',
    itsOwn: /^SET (?:extra_float_digits = 3|application_name = 'PostgreSQL JDBC Driver'|SEARCH_PATH TO public , "\$user" , public)$/,
  },
];

/** `only`: names between commas; undefined: all that npm has, and that need nothing else. */
export function chosenClients(only: string | undefined): readonly Client[] {
  if (only === undefined) return clients.filter(({ from, needs }) => from === 'npm' && needs === undefined);
  return only.split(',').map((name) => {
    const client = clients.find((one) => one.name === name);
    if (client === undefined) throw new Error(`${name} is none of ${clients.map((one) => one.name).join(', ')}`);
    return client;
  });
}
