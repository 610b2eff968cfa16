// `pgmigrate-lint explain`: what each statement will lock and do.

import { rules } from '../../../rules/index.ts';
import { nearest } from '../../text/nearest.ts';
import { UserError } from '../../model/user-error.ts';
import { explainPaths } from '../../project/workspace.ts';
import { suggestion } from '../../project/rule-overrides.ts';
import { explanationFormats, explanationReporters, type ExplanationFormat } from '../../reporters/index.ts';
import type { Arguments } from '../arguments.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { warn, workspaceOptions } from '../workspace-options.ts';

/** 1: a piece of a migration could not be read. */
export async function explainCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const format = requestedFormat(args);
  const run = await explainPaths(args.operands, await workspaceOptions(args, terminal), rules);
  warn([...run.warnings, ...(args.quiet ? [] : run.notes)], terminal);
  terminal.out(explanationReporters[format](run.result, { color: usesColor(args.color, terminal), width: terminal.columns }));
  return run.result.migrations.some(({ unread }) => unread.length > 0) ? 1 : 0;
}

/** `explain` and `trace` print one format, to standard output. */
export function requestedFormat({ command, formats }: Arguments): ExplanationFormat {
  const { name } = formats[0] ?? { name: 'pretty' };
  const format = explanationFormats.find((candidate) => candidate === name);
  if (format && formats.length < 2) return format;
  const known = `${command} prints ${explanationFormats.join(' or ')}`;
  throw new UserError(`unknown format "${name}"${suggestion(nearest(name, explanationFormats)) || `; ${known}`}`);
}
