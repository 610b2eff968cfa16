// All migration tools, and which of them a directory or a text is of.

import type { FrameworkName } from '../../model/framework.ts';
import type { Directory } from '../disk/directory.ts';
import { atlas } from './go/atlas.ts';
import { dbMigrate } from './node/db-migrate.ts';
import { dbmate } from './go/dbmate.ts';
import { diesel } from './rust/diesel.ts';
import { drizzle } from './node/drizzle.ts';
import { efcore } from './dotnet/efcore.ts';
import { evolve } from './dotnet/evolve.ts';
import { flyway } from './jvm/flyway.ts';
import { compareWeights, says, weightOf, type Weight } from './evidence.ts';
import type { Framework } from './framework.ts';
import { golangMigrate } from './go/golang-migrate.ts';
import { goose } from './go/goose.ts';
import { graphileMigrate } from './node/graphile-migrate.ts';
import { hasura } from './other/hasura.ts';
import { hasSections, inSections } from './in-sections.ts';
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

/** From the surest signs to names that several tools use. */
const detected: readonly Framework[] = [
  sqitch,
  drizzle,
  graphileMigrate,
  prisma,
  hasura,
  diesel,
  liquibase,
  goose,
  dbmate,
  sqlMigrate,
  mybatis,
  play,
  rambler,
  tern,
  supabase,
  popx,
  postgrator,
  dbMigrate,
  refinery,
  evolve,
  flyway,
  sqlx,
  nodePgMigrate,
  yoyo,
  golangMigrate,
  atlas,
];

export interface Detected {
  readonly framework: Framework;
  readonly root: Directory;
}

/** The tool whose files lie in a directory; undefined for plain SQL. */
export function detect(directory: Directory): Detected | undefined {
  const known = detected.flatMap((framework) => candidate(framework, framework.rootOf(directory), directory));
  const writers = known.filter(({ framework }) => framework.readsOthers !== true);
  const reader = known.find(({ framework }) => framework.readsOthers);
  const sure = writers.filter(({ framework }) => framework.isKnownByNames !== true);
  const best = likeliest(sure.length > 0 ? sure : [...namedBy(directory), ...writers]);
  const chosen = reader && (best === undefined || runsInstead(reader, best)) ? reader : best;
  return chosen && { framework: chosen.framework, root: chosen.root };
}

interface Candidate extends Detected {
  readonly weight: () => Weight;
}

function candidate(framework: Framework, root: Directory | undefined, directory: Directory): Candidate[] {
  return root ? [{ framework, root, weight: () => weightOf(framework.evidence ?? {}, directory) }] : [];
}

/** Tools that the project says it runs, whose files could be these. */
function namedBy(directory: Directory): readonly Candidate[] {
  const possible = detected.flatMap((framework) => candidate(framework, framework.rootIfRun?.(directory), directory));
  return possible.filter(({ weight }) => says(weight()));
}

function likeliest(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const weighed = candidates.map((one) => ({ one, weight: one.weight() }));
  return weighed.toSorted((left, right) => compareWeights(left.weight, right.weight))[0]?.one;
}

/** What is kept beside the files of another tool says nothing, unless the project says more of it than of the other. */
function runsInstead(reader: Candidate, { framework, weight }: Candidate): boolean {
  return compareWeights(reader.weight(), weight()) < 0 || (framework.rootIfRun !== undefined && weight().runs === 0);
}

/** The tool that marks of a text speak of. */
export function detectInText(text: string): Framework {
  const marked = [liquibase, goose, dbmate, sqlMigrate, mybatis, play, rambler, tern, nodePgMigrate, alembic, django, efcore].find((framework) => framework.marks?.test(text));
  return marked ?? (hasSections(text) ? inSections : plain);
}
