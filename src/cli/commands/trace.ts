// `pgmigrate-lint trace`: what a real PostgreSQL did because of each statement, and where that is not what is claimed.

import { rules } from '../../../rules/index.ts';
import { tracePaths } from '../../project/trace.ts';
import { comparisonReporters, explanationFormats, traceReporters } from '../../reporters/index.ts';
import { UserError } from '../../model/user-error.ts';
import type { Trace } from '../../model/report.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { withProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { refuseUnread, warn, warnOf, workspaceOptions } from '../workspace-options.ts';
import { explanationContext, requestedFormat } from './explain.ts';

/** 1: `--compare` found a difference, or a piece of a migration could not be read. 2: it had nothing to compare. */
export async function traceCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { format, file } = requestedFormat(args, explanationFormats);
  const options = await workspaceOptions(args, terminal);
  const run = await withProgress(terminal, 'migrations', ({ show, clear }) => {
    return tracePaths(args.operands, options, rules, {
      databaseUrl: args.databaseUrl,
      env: terminal.env,
      isAgreed: args.yes,
      isAsIs: args.asIs,
      mayCommit: args.allowCommit,
      say: (sentence) => {
        clear();
        if (!args.quiet) warn([sentence], terminal);
      },
      progress: show,
    });
  });
  warnOf(run, args, terminal);
  const report = (args.compare ? comparisonReporters : traceReporters)[format];
  deliver(report(run.result, explanationContext(run, args, terminal)), file, terminal);
  const { migrations } = run.result;
  const isDifferent = migrations.some(({ statements }) => statements.some(({ differences }) => differences.length > 0));
  refuseUnread(run);
  if (args.compare) refuseUnproven(run.result);
  return migrations.some(({ unread }) => unread.length > 0) || (args.compare && isDifferent) ? 1 : 0;
}

/** Where the server ran nothing, that there is no difference says nothing. */
function refuseUnproven({ migrations }: Trace): void {
  const statements = migrations.flatMap((migration) => migration.statements);
  const lost = statements.filter(({ error, notRun }) => error !== undefined || notRun !== undefined);
  if (lost.length === 0 || statements.some(({ isProof }) => isProof)) return;
  const [{ error, notRun } = {}] = lost;
  const why = error ? `refused by PostgreSQL: ${error.message}` : `not run: ${notRun}`;
  throw new UserError(`nothing was compared: of ${statements.length === 1 ? 'the statement' : `${statements.length} statements`}, none was run that could differ from what is claimed (${why})`);
}
