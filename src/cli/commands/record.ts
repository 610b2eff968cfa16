// `pgmigrate-lint record -- COMMAND…`: runs a migration command, and lints what it sends.

import { rules } from '../../../rules/index.ts';
import { UserError } from '../../model/user-error.ts';
import type { Rule } from '../../model/rule.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import type { Arguments } from '../arguments.ts';
import { connectionsIn } from '../connection-string.ts';
import { deliver } from '../deliver.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../workspace-options.ts';
import { lintCommand } from './lint.ts';

/** As lint; 2 where the command fails, behind the report on what it had sent by then. */
export async function recordCommand(args: Arguments, terminal: Terminal, given: readonly Rule[] = rules): Promise<number> {
  const { record } = await import('../../project/record/record.ts');
  const { recording: heard, failure } = await record({
    command: args.called,
    cwd: terminal.cwd,
    env: terminal.env,
    databaseUrl: args.databaseUrl,
    isAsIs: args.asIs,
    say: (sentence) => (args.quiet ? undefined : warn([sentence], terminal)),
    print: terminal.err,
  });
  const secrets = connectionsIn(args.called);
  const recording = { ...heard, command: heard.command.map((word) => withoutSecrets(word, secrets)) };
  if (args.out !== undefined) deliver(`${JSON.stringify(recording, undefined, 1)}\n`, args.out, terminal);
  const said = `${args.called.join(' ')} ${failure}`;
  const code = await lintCommand(args, terminal, given, { recording }).catch((error: unknown) => {
    throw failure !== undefined && error instanceof UserError ? new UserError(`${said}: ${error.message}`) : error;
  });
  if (failure !== undefined) throw new UserError(`${said}: what it sent until then was linted, and nothing behind it`);
  return code;
}
