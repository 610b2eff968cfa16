// `pgmigrate-lint init`: says what it finds in a project, and writes a configuration, a hook and a workflow for it.

import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { nearestVersion } from '../../model/version.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { configIn, configName } from '../../sources/find-config.ts';
import { surveyOf, type FoundMigrations, type Survey } from '../../sources/survey/survey.ts';
import { visible } from '../../text/visible.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { configurationText } from '../init/configuration.ts';
import { hookScript, preCommitEntry } from '../init/hook.ts';
import { workflowText } from '../init/workflow.ts';
import type { Terminal } from '../terminal.ts';

/** 0, whatever was agreed to. */
export async function initCommand({ operands: [operand], yes }: Arguments, terminal: Terminal): Promise<number> {
  const { cwd, out, ask } = terminal;
  if (operand !== undefined) throw new UserError(`init takes no "${operand}"; run it in the directory of the project`);
  if (!yes && ask === undefined) throw new UserError('init asks before it writes, and there is no terminal to ask on; add --yes');
  const survey = surveyOf(cwd);
  out(`${foundLines(survey).map((line) => `${visible(line)}\n`).join('')}\n`);
  for (const offer of offersFor(survey, cwd)) await settle(offer, yes ? undefined : ask, terminal);
  if (survey.hasPreCommit) out(`\nTo lint before each commit, add to "repos:" in .pre-commit-config.yaml:\n\n${preCommitEntry(inRepository(survey, cwd))}`);
  return 0;
}

function foundLines({ migrations, versions, hint }: Survey): string[] {
  const [oldest] = versions;
  const places = versions.map(({ major, path, line }) => `${major} (${path}:${line})`).join(', ');
  const used = oldest && nearestVersion(oldest.major);
  const instead = oldest && used !== oldest.major ? `; ${used} is the nearest that is known` : '';
  return [
    ...migrations.map((found) => `Migrations: ${migrationsInWords(found)}`),
    ...(migrations.length === 0 ? [`Migrations: none found; say where they are with "migrations:" in ${configName}`] : []),
    ...(migrations.length === 0 && hint !== undefined ? [hint] : []),
    oldest === undefined ? 'PostgreSQL: no version found; 14 is taken for the oldest' : `PostgreSQL: ${places}${instead}`,
  ];
}

function migrationsInWords({ path, framework, files }: FoundMigrations): string {
  return `${path}, ${files} ${files === 1 ? 'file' : 'files'}, ${framework.name === 'plain' ? 'of no tool that is known' : framework.title}`;
}

interface Offer {
  /** Absolute. */
  readonly file: string;
  readonly purpose: string;
  readonly text: string;
  readonly isExecutable: boolean;
}

function offersFor(survey: Survey, cwd: string): Offer[] {
  const { root = cwd, gitHook, hasPreCommit, isOnGitHub } = survey;
  const directory = toSlashes(relative(root, cwd));
  const configuration = { file: configIn(cwd) ?? resolve(cwd, configName), purpose: 'the configuration', text: configurationText(survey), isExecutable: false };
  const hook = (file: string): Offer => ({ file, purpose: 'lints before each commit', text: hookScript(directory), isExecutable: true });
  const workflow = join(root, '.github/workflows/migrations.yml');
  return [
    configuration,
    ...(gitHook === undefined || hasPreCommit ? [] : [hook(gitHook)]),
    ...(isOnGitHub ? [{ file: workflow, purpose: 'lints pull requests', text: workflowText(directory), isExecutable: false }] : []),
  ];
}

function inRepository({ migrations, root }: Survey, cwd: string): string[] {
  return migrations.map(({ path }) => toSlashes(relative(root ?? cwd, resolve(cwd, path))));
}

/** `ask`: undefined where all was agreed to, which is no leave to overwrite. */
async function settle(offer: Offer, ask: Terminal['ask'], terminal: Terminal): Promise<void> {
  const name = visible(toSlashes(relative(terminal.cwd, offer.file)));
  const isThere = existsSync(offer.file);
  if (isThere && readFileSync(offer.file, 'utf8') === offer.text) return terminal.out(`${name} is as it would be written\n`);
  if (isThere && ask === undefined) return terminal.out(`${name} is there already, and stays as it is\n`);
  const question = isThere ? `Overwrite ${name} (${offer.purpose})? [y/N] ` : `Write ${name} (${offer.purpose})? [Y/n] `;
  const answer = ask === undefined ? 'yes' : await ask(question);
  if (!(isThere ? /^\s*y(?:es)?\s*$/i : /^\s*(?:y(?:es)?)?\s*$/i).test(answer)) return terminal.out(`${name} is not written\n`);
  write(offer, terminal);
  terminal.out(`${name} written: ${offer.purpose}\n`);
}

function write({ file, text, isExecutable }: Offer, terminal: Terminal): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new UserError(`"${dirname(file)}" can't be made: ${error instanceof Error ? error.message : String(error)}`);
  }
  deliver(text, file, terminal);
  if (isExecutable) chmodSync(file, 0o755);
}
