// Which tool runs the files of a directory: by what lies there, what most of the files are, and what the project says that it runs.

import type { FrameworkName } from '../../model/framework.ts';
import type { Directory } from '../disk/directory.ts';
import { companyOf } from './company.ts';
import { compareWeights, says, weightOf, type Weight } from './evidence.ts';
import type { Framework } from './framework.ts';
import { frameworks } from './index.ts';

/** From the surest signs to names that several tools use. */
const inTurn: readonly FrameworkName[] = [
  'sqitch',
  'drizzle',
  'graphile-migrate',
  'prisma',
  'hasura',
  'diesel',
  'liquibase',
  'goose',
  'dbmate',
  'sql-migrate',
  'mybatis',
  'play',
  'rambler',
  'tern',
  'supabase',
  'popx',
  'postgrator',
  'db-migrate',
  'refinery',
  'evolve',
  'flyway',
  'sqlx',
  'node-pg-migrate',
  'yoyo',
  'golang-migrate',
  'atlas',
];

const detected: readonly Framework[] = inTurn.map((name) => frameworks[name]);

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
  return chosen && !isStranger(chosen, directory) ? { framework: chosen.framework, root: chosen.root } : undefined;
}

interface Candidate extends Detected {
  readonly weight: () => Weight;
  /** The files alone would not say it. */
  readonly isByProject: boolean;
}

function candidate(framework: Framework, root: Directory | undefined, directory: Directory, isByProject = false): Candidate[] {
  return root ? [{ framework, root, weight: () => weightOf(framework.evidence ?? {}, directory), isByProject }] : [];
}

/** Tools that the project says it runs, whose files could be these. */
function namedBy(directory: Directory): readonly Candidate[] {
  const possible = detected.flatMap((framework) => candidate(framework, framework.rootIfRun?.(directory), directory, true));
  return possible.filter(({ weight }) => says(weight()));
}

function likeliest(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const weighed = candidates.map((one) => ({ one, weight: one.weight() }));
  return weighed.toSorted((left, right) => compareWeights(left.weight, right.weight))[0]?.one;
}

/** What is kept beside the files of another tool says nothing, unless the project says more of it than of the other. */
function runsInstead(reader: Candidate, { weight, isByProject }: Candidate): boolean {
  return compareWeights(reader.weight(), weight()) < 0 || (isByProject && weight().runs === 0);
}

/** A single file that bears its marks does not make a tool run where the project does not speak of it, and others lie beside it. */
function isStranger({ framework, weight }: Candidate, directory: Directory): boolean {
  const [only, ...others] = directory.sqlFiles;
  if (only === undefined || others.length > 0 || framework.marks?.test(directory.beginning(only)) !== true) return false;
  return !says(weight()) && companyOf(directory, only, framework) !== undefined;
}
