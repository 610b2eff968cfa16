// All migration tools.

import type { FrameworkName } from '../../model/framework.ts';
import { atlas } from './go/atlas.ts';
import { dbMigrate } from './node/db-migrate.ts';
import { dbmate } from './go/dbmate.ts';
import { diesel } from './rust/diesel.ts';
import { drizzle } from './node/drizzle.ts';
import { efcore } from './dotnet/efcore.ts';
import { evolve } from './dotnet/evolve.ts';
import { flyway } from './jvm/flyway.ts';
import type { Framework } from './framework.ts';
import { golangMigrate } from './go/golang-migrate.ts';
import { goose } from './go/goose.ts';
import { graphileMigrate } from './node/graphile-migrate.ts';
import { hasura } from './other/hasura.ts';
import { liquibase } from './jvm/liquibase.ts';
import { mybatis } from './jvm/mybatis.ts';
import { nodePgMigrate } from './node/node-pg-migrate.ts';
import { plain } from './plain.ts';
import { play } from './jvm/play.ts';
import { popx } from './go/popx.ts';
import { postgrator } from './node/postgrator.ts';
import { prisma } from './node/prisma.ts';
import { alembic, django, ecto, knex, rails, sequelize, typeorm } from './printed.ts';
import { rambler } from './go/rambler.ts';
import { refinery } from './rust/refinery.ts';
import { sqlMigrate } from './go/sql-migrate.ts';
import { sqitch } from './other/sqitch.ts';
import { sqlx } from './rust/sqlx.ts';
import { supabase } from './other/supabase.ts';
import { tern } from './go/tern.ts';
import { yoyo } from './other/yoyo.ts';

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
  'sql-migrate': sqlMigrate,
  popx,
  postgrator,
  'db-migrate': dbMigrate,
  mybatis,
  play,
  rambler,
  yoyo,
  evolve,
  alembic,
  django,
  rails,
  ecto,
  knex,
  typeorm,
  sequelize,
  efcore,
};
