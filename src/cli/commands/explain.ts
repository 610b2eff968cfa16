// `pgmigrate-lint explain`: what each statement will lock and do.

import { rules } from '../../../rules/index.ts';
import { nearest } from '../../text/nearest.ts';
import { UserError } from '../../model/user-error.ts';
import { versionNotes } from '../../project/version-notes.ts';
import type { Run } from '../../project/run.ts';
import { explainPaths } from '../../project/workspace.ts';
import { suggestion } from '../../project/settings/rule-overrides.ts';
import { explanationFormats, explanationReporters, type ExplanationFormat } from '../../reporters/index.ts';
import type { ExplanationContext } from '../../reporters/reporter.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { packageVersion } from '../package.ts';
import { withProgress } from '../progress.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { refuseUnread, warnOf, workspaceOptions } from '../workspace-options.ts';

/** 1: a piece of a migration could not be read. */
export async function explainCommand(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.plan) return (await import('./plan.ts')).planCommand(args, terminal);
  const { format, file } = requestedFormat(args, explanationFormats);
  const options = await workspaceOptions(args, terminal);
  const run = await withProgress(terminal, 'files', ({ show: progress }) => {
    return explainPaths(args.operands, { ...options, progress }, rules);
  });
  warnOf({ ...run, notes: [...run.notes, ...(run.result.migrations.length === 0 ? [] : versionNotes(run.result))] }, args, terminal);
  deliver(explanationReporters[format](run.result, explanationContext(run, args, terminal)), file, terminal);
  refuseUnread(run);
  return run.result.migrations.some(({ unread }) => unread.length > 0) ? 1 : 0;
}

export function explanationContext({ sources }: Pick<Run<unknown>, 'sources'>, { color, formats }: Arguments, terminal: Terminal): ExplanationContext {
  const isForFile = formats[0]?.file !== undefined;
  return { color: !isForFile && usesColor(color, terminal), width: terminal.columns, sourceOf: (path) => sources.get(path), version: packageVersion() };
}

interface KnownRequest<Known> {
  readonly format: Known;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

/** `explain` and `trace` print one format of those that they know. */
export function requestedFormat<Known extends ExplanationFormat>({ command, formats }: Arguments, known: readonly Known[]): KnownRequest<Known> {
  const { name, file } = formats[0] ?? { name: 'pretty', file: undefined };
  const format = known.find((candidate) => candidate === name);
  if (format && formats.length < 2) return { format, file };
  const what = `${command} prints ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  if (format) throw new UserError(`${what}, one at a time`);
  throw new UserError(`unknown format "${name}"${suggestion(nearest(name, known)) || `; ${what}`}`);
}
