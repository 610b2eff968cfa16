// `pgmigrate-lint trace`: what a real PostgreSQL did because of each statement, and where that is not what is claimed.

import { rules } from '../../../rules/index.ts';
import { tracePaths } from '../../project/trace.ts';
import { comparisonReporters, traceReporters } from '../../reporters/index.ts';
import type { Arguments } from '../arguments.ts';
import { progressOn } from '../progress.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { warn, workspaceOptions } from '../workspace-options.ts';
import { requestedFormat } from './explain.ts';

/** 1: `--compare` found a difference, or a piece of a migration could not be read. */
export async function traceCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const format = requestedFormat(args);
  const progress = progressOn(terminal);
  const run = await tracePaths(args.operands, await workspaceOptions(args, terminal), rules, {
    databaseUrl: args.databaseUrl,
    isAgreed: args.yes,
    say: (sentence) => (args.quiet ? undefined : warn([sentence], terminal)),
    progress: progress.show,
  });
  progress.clear();
  warn([...run.warnings, ...(args.quiet ? [] : run.notes)], terminal);
  const report = (args.compare ? comparisonReporters : traceReporters)[format];
  terminal.out(report(run.result, { color: usesColor(args.color, terminal), width: terminal.columns }));
  const { migrations } = run.result;
  const isDifferent = migrations.some(({ statements }) => statements.some(({ differences }) => differences.length > 0));
  return migrations.some(({ unread }) => unread.length > 0) || (args.compare && isDifferent) ? 1 : 0;
}
