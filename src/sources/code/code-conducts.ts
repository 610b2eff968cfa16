// What tools whose migrations are code remember of them, and do where the past is another one than they have run.

import { neverAgain, notMissed, type Conduct } from '../frameworks/conduct.ts';
import { isSaid } from '../frameworks/evidence.ts';
import type { Framework } from '../frameworks/framework.ts';
import { alembicRevision } from './tools/alembic/revision-order.ts';
import { djangoRevision } from './tools/django/dependency-order.ts';

export type Memory = Pick<Framework, 'remembers' | 'knownAs' | 'conduct'>;

/** Nothing that they have run is held against what stands in a file. */
const forgetful = { compares: 'nothing', changed: neverAgain, gone: notMissed } as const;

const conducts = {
  /** Source: RevisionMap of alembic/script/revision.py, 1.18. */
  alembic: { ...forgetful, late: 'refuses', revisionOf: alembicRevision, isPlacedBy: 'its down_revision says what it follows: name the newest one there', gone: 'refuses to run where a revision that it knows is missing', twins: 'takes one of two files of one revision, and never runs the other' },
  /** Source: the command migrate, and MigrationLoader.detect_conflicts() and check_consistent_history(), 5.2. */
  django: { ...forgetful, late: 'refuses', revisionOf: djangoRevision, isPlacedBy: 'its dependencies say what it follows: name the newest one there, or run "makemigrations --merge"' },
  /** Source: Migrator#validate and #runnable of active_record/migration.rb, 8.0. */
  rails: { ...forgetful, late: 'runs', twins: 'refuses to migrate with two files of one version (DuplicateMigrationVersionError)' },
  /** Source: pending_in_direction/3 and ensure_no_duplication!/1 of lib/ecto/migrator.ex, 3.13. */
  ecto: { ...forgetful, late: 'runs', lateIn: (root) => (isSaid(/\becto\.migrate\b.*--strict-version-order\b|\bstrict_version_order:\s*true\b/, root) ? 'refuses' : undefined), twins: 'refuses to migrate with two files of one version' },
  /** Source: validateMigrationList() and getNewMigrations() of lib/migrations/migrate/Migrator.js, 3.1. */
  knex: { ...forgetful, late: 'runs', gone: 'refuses to migrate where it has run ("the migration directory is corrupt")' },
  /** Source: executePendingMigrations() of MigrationExecutor, 0.3. */
  typeorm: { ...forgetful, late: 'runs', isPlacedBy: 'the name of its class has the time: generate it anew' },
  /** Source: pending() of umzug, 3.8, which runs what is not recorded. */
  umzug: { ...forgetful, late: 'runs' },
  /** The same, which finds classes by the names of their files. */
  mikroOrm: { ...forgetful, late: 'runs', isPlacedBy: 'its class is called like its file: generate it anew' },
  /** Source: #ensureMigrationsInOrder() and #ensureNoMissingMigrations() of the Migrator, 0.28. */
  kysely: { ...forgetful, late: 'refuses', lateIn: (root) => (isSaid(/\ballowUnorderedMigrations\s*:\s*true\b/, root) ? 'runs' : undefined), unless: 'allowUnorderedMigrations is set', gone: 'refuses to migrate where it has run ("corrupted migrations")' },
} as const satisfies Record<string, Conduct>;

/** By the title of the tool; none of those that share it with files in SQL. */
export const memories: ReadonlyMap<string | undefined, Memory> = new Map<string | undefined, Memory>([
  ['Alembic', { remembers: 'name', knownAs: (text) => alembicRevision('', text)?.id, conduct: conducts.alembic }],
  ['Django', { remembers: 'path', conduct: conducts.django }],
  ['Rails', { remembers: 'number', conduct: conducts.rails }],
  ['Ecto', { remembers: 'number', conduct: conducts.ecto }],
  ['Knex', { remembers: 'name', conduct: conducts.knex }],
  ['TypeORM', { remembers: 'name', conduct: conducts.typeorm }],
  ['MikroORM', { remembers: 'name', conduct: conducts.mikroOrm }],
  ['Sequelize', { remembers: 'name', conduct: conducts.umzug }],
  ['Kysely', { remembers: 'name', conduct: conducts.kysely }],
]);
