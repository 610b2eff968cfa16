// The step of the GitHub action that lints: runs the command once, and hands what it found to the log, the job summary and the outputs.
// It reads the environment that action.yml gives it, and the files that GitHub names; the exit code is that of the command.
// Source: "Workflow commands for GitHub Actions", and src/Runner.Worker/ActionCommandManager.cs of actions/runner.

import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

const { env } = process;
// Nothing that is run here is given the token, but what comments.
const token = env.TOKEN;
delete env.TOKEN;

const folder = mkdtempSync(join(env.RUNNER_TEMP, 'pgmigrate-lint-report-'));
const report = join(folder, 'report.json');
const summary = join(folder, 'summary.md');

const isCommenting = env.COMMENT === 'true';

process.exitCode = isBaseAlone() ? refuse() : lint();

/** Of "pull_request_target", what is checked out is the base, unless the workflow says otherwise: nothing of the request is there. */
function isBaseAlone() {
  return env.GITHUB_EVENT_NAME === 'pull_request_target' && git('rev-parse', 'HEAD') === env.GITHUB_SHA;
}

function refuse() {
  command('error', 'nothing was linted: on "pull_request_target" the base is checked out, and not the pull request. Use "on: pull_request", or give actions/checkout "ref: refs/pull/${{ github.event.number }}/merge"');
  return 2;
}

function lint() {
  const bin = join(env.RUNNER_TEMP, 'pgmigrate-lint/node_modules/pgmigrate-lint/dist/bin.cjs');
  const { status, stderr } = unlessAnnotating(() =>
    spawnSync(process.execPath, [bin, ...commandLine()], {
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
      env: isCommenting ? { ...env, GITHUB_TOKEN: token } : env,
    }),
  );
  const isReported = status === 0 || status === 1;
  if (isReported) handOver();
  if (isReported) sayWhyNotCommented(stderr);
  else command('error', mistakeIn(stderr) || 'the command could not be run');
  if (isReported && stderr !== '') withoutCommands(() => print(stderr));
  return status ?? 3;
}

/** It is said last, behind notes. */
function mistakeIn(stderr) {
  return stderr.trim().replace(/^(?:[\s\S]*\n(?=pgmigrate-lint))?(?:pgmigrate-lint: )?/, '');
}

/** The run goes on without the comment; the summary is where somebody looks for it. */
function sayWhyNotCommented(stderr) {
  const [why] = /^pgmigrate-lint: no comment: .*$/m.exec(stderr) ?? [];
  if (why !== undefined) appendFileSync(env.GITHUB_STEP_SUMMARY, `\n\`\`\`text\n${why}\n\`\`\`\n`);
}

function commandLine() {
  const since = env.SINCE || base();
  const given = { since, 'fail-on': env.FAIL_ON, config: env.CONFIG };
  const options = Object.entries(given).flatMap(([name, value]) => (value ? [`--${name}=${value}`] : []));
  // Where there is no base, there is nothing that a branch could change.
  if (env.CONFIG_FROM_BASE === 'true' && since) options.push('--config-from-base');
  const formats = [env.FORMAT, `json=${report}`, `markdown=${summary}`, ...(env.SARIF_FILE ? [`sarif=${env.SARIF_FILE}`] : [])];
  const paths = env.PATHS.split('\n').map((path) => path.trim());
  const command = isCommenting ? ['comment', '--github'] : ['lint'];
  return [...command, ...options, ...formats.map((format) => `--format=${format}`), '--', ...paths.filter((path) => path !== '')];
}

/** The commit that a pull request or a merge queue starts from; undefined for any other event. */
function base() {
  const { pull_request: request, merge_group: group } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'));
  // What is checked out is, by default, a merge of the request into its base: the first parent is the base as it was then.
  if (request && git('rev-parse', '--verify', '--quiet', 'HEAD^2') === request.head.sha) return git('rev-parse', 'HEAD^1');
  return request?.base.sha ?? group?.base_sha;
}

/** Undefined where git fails. */
function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

function handOver() {
  appendFileSync(env.GITHUB_STEP_SUMMARY, `${readFileSync(summary, 'utf8')}\n`);
  const { error, warning, info, linted } = JSON.parse(readFileSync(report, 'utf8')).summary;
  const outputs = { error, warning, info, linted, 'sarif-file': env.SARIF_FILE ? resolve(env.SARIF_FILE) : '' };
  for (const [name, value] of Object.entries(outputs)) {
    const end = randomUUID();
    appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
  }
}

/** Only `--format github` prints commands, and nothing that SQL could make one of. */
function unlessAnnotating(work) {
  return env.FORMAT === 'github' ? work() : withoutCommands(work);
}

/** What is printed meanwhile, names and SQL included, is no command for the runner. */
function withoutCommands(work) {
  const token = randomUUID();
  print(`::stop-commands::${token}\n`);
  try {
    return work();
  } finally {
    print(`\n::${token}::\n`);
  }
}

/** Before whatever is printed next, by whatever process. */
function print(text) {
  writeSync(process.stdout.fd, text);
}

function command(name, text) {
  const data = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  print(`::${name} title=pgmigrate-lint::${data}\n`);
}
