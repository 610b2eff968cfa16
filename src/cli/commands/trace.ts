// `pgmigrate-lint trace`: what a real PostgreSQL did because of each statement, and where that is not what is claimed.

import { rules } from '../../../rules/index.ts';
import { tracePaths } from '../../project/trace.ts';
import { comparisonReporters, traceReporters } from '../../reporters/index.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { withProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { refuseUnread, warn, warnOf, workspaceOptions } from '../workspace-options.ts';
import { explanationContext, requestedFormat } from './explain.ts';

/** 1: `--compare` found a difference, or a piece of a migration could not be read. */
export async function traceCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { format, file } = requestedFormat(args);
  const options = await workspaceOptions(args, terminal);
  const run = await withProgress(terminal, 'migrations', ({ show, clear }) => {
    return tracePaths(args.operands, options, rules, {
      databaseUrl: args.databaseUrl,
      isAgreed: args.yes,
      say: (sentence) => {
        clear();
        if (!args.quiet) warn([sentence], terminal);
      },
      progress: show,
    });
  });
  warnOf(run, args, terminal);
  const report = (args.compare ? comparisonReporters : traceReporters)[format];
  deliver(report(run.result, explanationContext(args, terminal)), file, terminal);
  const { migrations } = run.result;
  const isDifferent = migrations.some(({ statements }) => statements.some(({ differences }) => differences.length > 0));
  refuseUnread(run);
  return migrations.some(({ unread }) => unread.length > 0) || (args.compare && isDifferent) ? 1 : 0;
}
