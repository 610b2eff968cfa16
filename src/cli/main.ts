// The command line from its words to an exit code. It writes to the terminal that it is given and exits nothing.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { RuleError } from '../engine/judge.ts';
import type { Rule } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { visible } from '../text/visible.ts';
import { parseArguments, type Arguments } from './arguments.ts';
import { baselineCommand } from './commands/baseline.ts';
import { commentCommand } from './commands/comment.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { recordCommand } from './commands/record.ts';
import { rulesCommand } from './commands/rules.ts';
import { traceCommand } from './commands/trace.ts';
import { connectionsIn } from './connection-string.ts';
import { help } from './help.ts';
import type { Command } from './options.ts';
import { packageVersion } from './package.ts';
import type { Terminal } from './terminal.ts';

type Run = (args: Arguments, terminal: Terminal, given: readonly Rule[]) => number | Promise<number>;

const runs: Readonly<Record<Command, Run>> = {
  lint: lintCommand,
  comment: (args, terminal, given) => commentCommand(args, terminal, given),
  explain: explainCommand,
  trace: traceCommand,
  record: recordCommand,
  rules: rulesCommand,
  baseline: baselineCommand,
  init: initCommand,
};

/** `given`: a test brings rules of its own. 0: no finding that fails · 1: findings · 2: a mistake in the call · 3: a bug of ours. */
export async function main(argv: readonly string[], terminal: Terminal, given: readonly Rule[] = rules): Promise<number> {
  try {
    const args = parseArguments(argv, (word) => existsSync(resolve(terminal.cwd, word)));
    if (args.help) return print(help(args.help === 'all' ? undefined : args.help), terminal);
    if (args.version) return print(`${packageVersion()}\n`, terminal);
    return await runs[args.command](args, terminal, given);
  } catch (error) {
    const discreet = { env: terminal.env, err: (text: string) => terminal.err(withoutSecrets(text, connectionsIn(argv))) };
    return error instanceof UserError ? reportMistake(error, discreet) : reportBug(error, discreet);
  }
}

function print(text: string, { out }: Terminal): number {
  out(text);
  return 0;
}

function reportMistake({ message }: UserError, { err }: Pick<Terminal, 'err'>): number {
  err(`pgmigrate-lint: ${message.split('\n').map(visible).join('\n')}\n`);
  return 2;
}

function reportBug(error: unknown, { err, env }: Pick<Terminal, 'err' | 'env'>): number {
  const cause = error instanceof RuleError ? error.cause : error;
  const details = [error, ...(cause === error ? [] : [cause])]
    .map((one) => visible(one instanceof Error ? one.message : String(one)))
    .join(': ');
  err(`pgmigrate-lint ${packageVersion()} has a bug: ${details}\nPlease report it with the SQL that brings it about.\n`);
  if (env['PGMIGRATE_LINT_DEBUG'] && cause instanceof Error) err(`${(cause.stack ?? '').split('\n').map(visible).join('\n')}\n`);
  return 3;
}
