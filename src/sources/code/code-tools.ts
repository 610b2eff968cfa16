// The tools whose migrations are no SQL, from the surest marks to those that several tools share. Sources: the templates from which each
// tool makes a new migration.

import { holdsCode } from '../frameworks/jvm/liquibase/changelog.ts';
import type { CodeTool } from './code-tool.ts';
import { placesOfDjango } from './tools/django/dependency-order.ts';
import { projectTop } from './tools/django/project/top.ts';
import { placesOfRevisions } from './tools/alembic/revision-order.ts';

/** `20240101120000_x.js`, `1700000000000-AddOrders.ts`, `001_x.ts`. */
const script = /^\d{3,17}(?:T\d+Z?)?[-_.][^/]*\.[cm]?[jt]s$/;

/** All but the names of files. */
const django = {
  title: 'Django',
  framework: 'django',
  mark: /\bmigrations\.Migration\b|\(Migration\)/,
  prints: 'python manage.py sqlmigrate APP NAME',
  reader: async () => (await import('./tools/django.ts')).django,
  places: placesOfDjango,
  projectOf: projectTop,
  leaving: '`atomic = False` in the class of a migration of its own',
} as const satisfies Omit<CodeTool, 'files'>;

export const codeTools: readonly CodeTool[] = [
  {
    title: 'Alembic',
    framework: 'alembic',
    files: /\.py$/,
    folder: /^(?:versions|revisions|migrations)$/i,
    mark: /^down_revision\b/m,
    isMixed: true,
    prints: 'alembic upgrade FROM:TO --sql',
    reader: async () => (await import('./tools/alembic.ts')).alembic,
    places: placesOfRevisions,
    leaving: 'a block of its own: `with op.get_context().autocommit_block():`',
  },
  { ...django, files: /^\d{4}_\w+\.py$/ },
  { ...django, files: /^[A-Za-z\d]\w*\.py$/, folder: /^migrations$/, isMixed: true },
  { title: 'Yoyo', files: /\.py$/, folder: /migrat/i, mark: /^(?:from yoyo import|__depends__)\b/m, isMixed: true },
  { title: 'Aerich', files: /^\d+_.*\.py$/, mark: /^async def upgrade\b/m },
  { title: 'Rails', framework: 'rails', files: /^\d{3,14}_[\w.]+\.rb$/, mark: /\bActiveRecord::Migration\b/, reader: async () => (await import('./tools/rails.ts')).rails, leaving: '`disable_ddl_transaction!` in the class of a migration of its own' },
  { title: 'Sequel', files: /^\d+_\w+\.rb$/, mark: /\bSequel\.migration\b/ },
  { title: 'ROM', files: /^\d+_\w+\.rb$/, mark: /\bROM::SQL\.migration\b/ },
  { title: 'Ecto', framework: 'ecto', files: /^\d{8,14}_\w+\.exs?$/, mark: /\buse\s+[\w.]*\bMigration\b/, reader: async () => (await import('./tools/ecto.ts')).ecto, leaving: '`@disable_ddl_transaction true` in the module of a migration of its own' },
  { title: 'Laravel', files: /^\d{4}_\d{2}_\d{2}_\d{6}_\w+\.php$/, mark: /\bIlluminate\\Database\\Migrations\b/ },
  {
    title: 'Doctrine',
    files: /^Version\w*\d\w*\.php$/,
    mark: /\bAbstractMigration\b/,
    prints: 'php bin/console doctrine:migrations:migrate --write-sql=FILE',
  },
  { title: 'Phinx', files: /^\d{14}_\w+\.php$/, mark: /\bAbstractMigration\b|\bMigrations\\/ },
  {
    title: 'EF Core',
    framework: 'efcore',
    files: /^\d{14}_(?!.*\.Designer\.cs$).+\.cs$/,
    mark: /:\s*Migration\b/,
    prints: 'dotnet ef migrations script FROM TO',
  },
  { title: 'FluentMigrator', files: /\.cs$/, folder: /migrat/i, mark: /\[\w{0,40}?Migration\w{0,40}\(/, isMixed: true, prints: 'dotnet fm migrate --preview' },
  { title: 'Flyway', files: /^[VRB]\d*_\w+\.(?:java|kt|groovy|scala)$/, mark: /\b(?:Base)?JavaMigration\b|\bclass [VRB]\d*_\w+\s*(?:extends\b|:)/, isMixed: true },
  {
    title: 'Liquibase',
    framework: 'liquibase',
    files: /\.(?:xml|ya?ml|json)$/i,
    folder: /liquibase|change|migrat|^db$|^master$|^\d|^v\d/i,
    mark: /<changeSet\b|\bchangeSet["']?\s*:/,
    isMixed: true,
    isCode: holdsCode,
    prints: 'liquibase update-sql',
  },
  {
    title: 'Liquibase',
    files: /change-?(?:log|set).*\.(?:xml|ya?ml|json)$/i,
    mark: /<changeSet\b|\bchangeSet["']?\s*:/,
    isMixed: true,
    isCode: holdsCode,
    prints: 'liquibase update-sql',
  },
  { title: 'goose', framework: 'goose', files: /^\d+_\w+\.go$/, mark: /\bgoose\.Add\w*Migration/, reader: async () => (await import('./tools/goose.ts')).goose, leaving: 'a migration of its own that is handed to goose.AddMigrationNoTxContext()' },
  { title: 'Bun', files: /^\d+_\w+\.go$/, mark: /\bMigrations\.MustRegister\b/ },
  { title: 'go-pg', files: /^\d+_\w+\.go$/, mark: /\bmigrations\.(?:Must)?Register/ },
  { title: 'gormigrate', files: /^\w*\d+\w*\.go$/, folder: /migrat/i, mark: /\bgormigrate\.Migration\b/ },
  { title: 'SeaORM', files: /^m\d{8}_\d{6}_\w+\.rs$/, mark: /\bMigrationTrait\b/ },
  { title: 'Fizz', files: /\.fizz$/, mark: /^[ \t]{0,40}\w{1,40}[ \t]?\(/m },
  { title: 'pgroll', files: /\.(?:json|ya?ml)$/, folder: /migrat|pgroll/i, mark: /["']?operations["']?\s*:\s*(?:\[|\n)/, isMixed: true },
  { title: 'reshape', files: /\.(?:toml|json)$/, folder: /migrat/i, mark: /^\[\[actions\]\]|"actions"\s*:\s*\[/m, isMixed: true },
  { title: 'TypeORM', framework: 'typeorm', files: /^(?:\d+-)?\w+(?:-\d+)?\.[cm]?[jt]s$/, folder: /migrat/i, mark: /\bMigrationInterface\b/, isMixed: true, reader: async () => (await import('./tools/typeorm.ts')).typeorm, leaving: '`transaction = false` in the class of a migration of its own' },
  { title: 'MikroORM', files: /^Migration\w*\.[cm]?[jt]s$/, mark: /@mikro-orm\/migrations|\bextends Migration\b/, reader: async () => (await import('./tools/mikro-orm.ts')).mikroOrm, leaving: '`isTransactional() { return false; }` in a migration of its own' },
  { title: 'Prisma', framework: 'prisma', files: /^data-migration\.[cm]?[jt]s$/, folder: /migrat/i, mark: /\$(?:execute|query)Raw|\bPrismaClient\b/, reader: async () => (await import('./tools/prisma.ts')).prisma, leaving: 'a call of its own, outside of `$transaction`' },
  { title: 'Payload', files: script, mark: /@payloadcms\/db-postgres|@payloadcms\/db-vercel-postgres/ },
  { title: 'AdonisJS', files: script, mark: /@adonisjs\/lucid|@ioc:Adonis\/Lucid/ },
  { title: 'Kysely', files: script, mark: /\bKysely\b|from ['"]kysely['"]/, reader: async () => (await import('./tools/kysely.ts')).kysely, leaving: 'a run of its own of a Migrator with `disableTransactions: true`' },
  { title: 'node-pg-migrate', framework: 'node-pg-migrate', files: script, mark: /\bMigrationBuilder\b|\bpgm\b/, prints: 'node-pg-migrate up --dry-run', reader: async () => (await import('./tools/node-pg-migrate.ts')).nodePgMigrateInCode, leaving: '`pgm.noTransaction()` in a migration of its own' },
  { title: 'Sequelize', framework: 'sequelize', files: script, mark: /\bqueryInterface\b|\bQueryInterface\b/, reader: async () => (await import('./tools/sequelize.ts')).sequelize, leaving: 'a migration of its own that opens no transaction' },
  { title: 'db-migrate', files: script, mark: /\bdbmigrate\b|\bdb-migrate\b|\bexports\.setup\s*=|\bdb\.runSql\b/ },
  { title: 'Knex', framework: 'knex', files: script, mark: /\bknex\b/i, reader: async () => (await import('./tools/knex.ts')).knex, splitsRun: /\btransaction["']?\s{0,20}:\s{0,20}false\b/, leaving: '`exports.config = { transaction: false }` in a migration of its own' },
];

/** Numbered source files in a folder for migrations: of a tool that is not known, or of a project's own. */
export const unknownTool: CodeTool = {
  title: undefined,
  files: /^(?:[A-Za-z]{0,9}[-_]?\d[^/]*|migration)\.(?:[cm]?[jt]s|py|rb|go|exs?|php|java|kt|cs|rs)$/,
  folder: /migrat|^deltas?$|^upgrades?$/i,
  mark: /\S/,
};
