// All migration tools, and which of them a directory or a text is of.

import type { FrameworkName } from '../../model/framework.ts';
import type { Directory } from '../disk/directory.ts';
import { atlas } from './atlas.ts';
import { dbmate } from './dbmate.ts';
import { diesel } from './diesel.ts';
import { drizzle } from './drizzle.ts';
import { efcore } from './efcore.ts';
import { flyway } from './flyway.ts';
import type { Framework } from './framework.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import { graphileMigrate } from './graphile-migrate.ts';
import { hasura } from './hasura.ts';
import { liquibase } from './liquibase.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import { plain } from './plain.ts';
import { prisma } from './prisma.ts';
import { alembic, django, ecto, knex, rails, sequelize, typeorm } from './printed.ts';
import { refinery } from './refinery.ts';
import { sqitch } from './sqitch.ts';
import { sqlx } from './sqlx.ts';
import { supabase } from './supabase.ts';
import { tern } from './tern.ts';

export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  plain,
  flyway,
  liquibase,
  'golang-migrate': golangMigrate,
  goose,
  dbmate,
  sqlx,
  refinery,
  diesel,
  prisma,
  drizzle,
  'node-pg-migrate': nodePgMigrate,
  'graphile-migrate': graphileMigrate,
  sqitch,
  supabase,
  hasura,
  atlas,
  tern,
  alembic,
  django,
  rails,
  ecto,
  knex,
  typeorm,
  sequelize,
  efcore,
};

/** From the surest signs to names that several tools use. */
const detected: readonly Framework[] = [
  sqitch,
  atlas,
  drizzle,
  graphileMigrate,
  prisma,
  hasura,
  diesel,
  liquibase,
  goose,
  dbmate,
  tern,
  supabase,
  refinery,
  flyway,
  sqlx,
  nodePgMigrate,
  golangMigrate,
];

export interface Detected {
  readonly framework: Framework;
  readonly root: Directory;
}

/** The tool whose files lie in a directory; undefined for plain SQL. */
export function detect(directory: Directory): Detected | undefined {
  for (const framework of detected) {
    const root = framework.rootOf(directory);
    if (root) return { framework, root };
  }
  return undefined;
}

/** The tool that marks of a text speak of. */
export function detectInText(text: string): Framework {
  return [liquibase, goose, dbmate, tern, nodePgMigrate, alembic, django, efcore].find((framework) => framework.marks?.test(text)) ?? plain;
}
