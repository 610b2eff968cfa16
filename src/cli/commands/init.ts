// `pgmigrate-lint init`: says what it finds in a project, and writes a configuration, a baseline, a hook and a workflow for it.

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { printBaseline } from '../../config/baseline.ts';
import { UserError } from '../../model/user-error.ts';
import { nearestVersion } from '../../model/version.ts';
import { baselineFile, inventoryOf, renewed } from '../../project/known-findings.ts';
import { lintPaths } from '../../project/workspace.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { configName } from '../../sources/find-config.ts';
import { surveyOf, type FoundMigrations, type Survey } from '../../sources/survey/survey.ts';
import { visible } from '../../text/visible.ts';
import type { Arguments } from '../arguments.ts';
import { configurationText } from '../init/configuration.ts';
import { gitlabJob } from '../init/gitlab.ts';
import type { Advice } from '../init/hook-offer.ts';
import { settle, type Consent, type Offer } from '../init/offer.ts';
import { workflowText } from '../init/workflow.ts';
import type { Terminal } from '../terminal.ts';

/** 0, whatever was agreed to; 2 where there are no migrations, and nothing is written. */
export async function initCommand({ operands: [operand], yes }: Arguments, terminal: Terminal): Promise<number> {
  const { cwd, out, ask } = terminal;
  if (operand !== undefined) throw new UserError(`init takes no "${operand}"; run it in the directory of the project`);
  const consent = yes ? 'agree' : ask === undefined ? 'tell' : 'ask';
  const survey = surveyOf(cwd);
  say([...foundLines(survey), ''], terminal);
  if (survey.migrations.length === 0 && survey.configuration === undefined) return 2;
  await settle(configurationOffer(survey, cwd), consent, terminal);
  await settleBaseline(consent, terminal);
  const { hookOffer } = await import('../init/hook-offer.ts');
  await settleOrSay(hookOffer(survey, cwd), consent, terminal);
  await settleOrSay(workflowOffer(survey, cwd), consent, terminal);
  if (survey.gitlab !== undefined) say(gitlabAdvice(survey, survey.gitlab, cwd), terminal);
  if (consent === 'tell') out('\nNothing is written: there is no terminal to ask on. `pgmigrate-lint init --yes` writes it.\n');
  return 0;
}

function say(lines: readonly string[], { out }: Terminal): void {
  for (const line of lines) out(`${visible(line)}\n`);
}

const mostLeftOut = 5;
const mostVersions = 8;

function foundLines({ migrations, leftOut, versions, hint, configuration }: Survey): string[] {
  return [
    ...migrations.map((found) => `Migrations: ${migrationsInWords(found)}`),
    ...(migrations.length === 0 && configuration === undefined ? noneInWords(hint) : []),
    ...leftOut.slice(0, mostLeftOut).map(({ path, why }) => `Left out: ${path}, ${why}`),
    ...(leftOut.length > mostLeftOut ? [`Left out: ${leftOut.length - mostLeftOut} more`] : []),
    `PostgreSQL: ${versionsInWords(versions)}`,
  ];
}

function migrationsInWords({ path, framework, files, why }: FoundMigrations): string {
  const tool = framework.name === 'plain' ? 'of no tool that is known' : framework.title;
  return `${path}, ${files} ${files === 1 ? 'file' : 'files'}, ${tool} (${why})`;
}

function noneInWords(hint: string | undefined): string[] {
  return [
    'Migrations: none found, so nothing is written. The folders here and below were searched for SQL and code with the names, marks',
    `  and ledgers of migration tools, and for numbered SQL files. Run init where they are, or say it with "migrations:" in ${configName}`,
    ...(hint === undefined ? [] : [hint]),
  ];
}

function versionsInWords(versions: Survey['versions']): string {
  const [oldest] = versions;
  if (oldest === undefined) return 'no version found; 14 is taken for the oldest';
  const places = versions.slice(0, mostVersions).map(({ major, path, line }) => `${major} (${path}:${line})`).join(', ');
  const more = versions.length > mostVersions ? ` and ${versions.length - mostVersions} more` : '';
  const used = nearestVersion(oldest.major);
  return `${places}${more}${used === oldest.major ? '' : `; ${used} is the nearest that is known`}`;
}

/** What is the project's own and made anew. */
const plain = { isAddition: false, isExecutable: false, reason: undefined } as const;

function configurationOffer(survey: Survey, cwd: string): Offer {
  return { ...plain, file: survey.configuration ?? resolve(cwd, configName), purpose: 'the configuration', text: configurationText(survey) };
}

/** What is found today is known from now on, so that what is written next passes at once. */
async function settleBaseline(consent: Consent, terminal: Terminal): Promise<void> {
  const inventory = await linted(terminal.cwd);
  if (typeof inventory === 'string') return say([`the migrations can't be linted yet: ${inventory}`], terminal);
  const file = baselineFile(inventory);
  if (existsSync(file)) return say([`${toSlashes(relative(terminal.cwd, file))} is there already, and stays as it is`], terminal);
  const findings = renewed([], inventory);
  if (findings.length === 0) return;
  const subject = findings.length === 1 ? 'the finding' : `the ${findings.length} findings`;
  const purpose = `knows ${subject} of today, so that later runs report what is new`;
  await settle({ ...plain, file, purpose, text: printBaseline(findings) }, consent, terminal);
}

/** Why it can't be done, where it can't. */
async function linted(cwd: string): Promise<ReturnType<typeof inventoryOf> | string> {
  try {
    return inventoryOf(await lintPaths([], { cwd, baseline: false }, rules), cwd, true);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function workflowOffer({ root, isOnGitHub, workflow }: Survey, cwd: string): Offer | Advice {
  const top = root ?? cwd;
  const directory = toSlashes(relative(top, cwd));
  if (workflow !== undefined) return { lines: [`${toSlashes(relative(cwd, join(top, workflow)))} runs pgmigrate-lint already`] };
  if (!isOnGitHub) return { lines: [] };
  const names = ['migrations.yml', 'pgmigrate-lint.yml'].map((name) => join(top, '.github/workflows', name));
  const file = names.find((one) => !existsSync(one));
  return file === undefined ? { lines: [] } : { ...plain, file, purpose: 'lints pull requests', text: workflowText(directory) };
}

function gitlabAdvice({ root = '' }: Survey, file: string, cwd: string): string[] {
  const job = gitlabJob(toSlashes(relative(root, cwd)));
  return [`to lint merge requests, add this to ${toSlashes(relative(cwd, file))}:`, ...job.map((line) => `  ${line}`)];
}

async function settleOrSay(offer: Offer | Advice, consent: Consent, terminal: Terminal): Promise<void> {
  if ('lines' in offer) say(offer.lines, terminal);
  else await settle(offer, consent, terminal);
}
