// From the command line to a run over files, for the commands that make one.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { UserError } from '../model/user-error.ts';
import type { WorkspaceOptions } from '../project/options.ts';
import type { Run } from '../project/run.ts';
import type { Recording } from '../record/recording.ts';
import { readBytes } from '../sources/disk/read-bytes.ts';
import { configurableRules } from '../project/settings/configurable-rules.ts';
import { ruleOverrides } from '../project/settings/rule-overrides.ts';
import { visible } from '../text/visible.ts';
import type { Arguments } from './arguments.ts';
import { checkpointPlace } from './cache.ts';
import type { Terminal } from './terminal.ts';

export async function workspaceOptions(args: Arguments, terminal: Terminal): Promise<WorkspaceOptions> {
  const { cwd, readStdin } = terminal;
  const stdin = args.operands.includes('-') ? { read: readStdin, path: args.stdinFilename } : undefined;
  return {
    cwd,
    stdin,
    recording: await recordingIn(args, cwd),
    config: args.config,
    history: args.history,
    since: args.since,
    staged: args.staged,
    configFromBase: args.configFromBase,
    postgres: args.postgres,
    framework: args.framework,
    checkpoints: checkpointPlace(args, terminal),
    rules: ruleOverrides(
      args.rules,
      configurableRules(rules).map(({ id }) => id),
    ),
  };
}

/** In bytes: nobody's migrations send more. */
const LARGEST_RECORDING = 256 * 1024 * 1024;

/** What `record --out` has written, where it is named alone. */
async function recordingIn({ operands: [path, ...others] }: Arguments, cwd: string): Promise<Recording | undefined> {
  if (path === undefined || others.length > 0 || !/\.json$/i.test(path)) return undefined;
  const file = resolve(cwd, path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const { readRecording } = await import('../record/read-recording.ts');
  return readRecording(readBytes(file, LARGEST_RECORDING).bytes?.toString('utf8') ?? '');
}

/** Says what a run has to say beside its result. */
export function warnOf(run: Pick<Run<unknown>, 'warnings' | 'notes' | 'details'>, { quiet, verbose }: Arguments, terminal: Terminal): void {
  warn([...run.warnings, ...(quiet ? [] : run.notes), ...(verbose ? run.details : [])], terminal);
}

export function warn(warnings: readonly string[], { err }: Terminal): void {
  for (const warning of warnings) err(`pgmigrate-lint: ${visible(warning)}\n`);
}

/** Behind the report: a run that could read nothing of what it was asked to read is a mistake of the call. */
export function refuseUnread({ unread }: Pick<Run<unknown>, 'unread'>): void {
  if (unread !== undefined) throw new UserError(unread);
}
