// `pgmigrate-lint baseline`: writes down what is found, so that later runs report only what is new.

import { rules } from '../../../rules/index.ts';
import { printBaseline } from '../../config/baseline.ts';
import { UserError } from '../../model/user-error.ts';
import { baselineFile, inventoryOf, pruned, readBaseline, renewed } from '../../project/known-findings.ts';
import { versionNotes } from '../../project/version-notes.ts';
import { lintPaths } from '../../project/workspace.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { visible } from '../../text/visible.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { withProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { warnOf, workspaceOptions } from '../workspace-options.ts';

export async function baselineCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const options = await workspaceOptions(args, terminal);
  const run = await withProgress(terminal, 'files', ({ show: progress }) => {
    return lintPaths(args.operands, { ...options, progress, baseline: false }, rules);
  });
  warnOf({ ...run, notes: [...run.notes, ...versionNotes(run.result)] }, args, terminal);
  const [first] = run.result.findings;
  if (run.unread !== undefined) throw new UserError(`${run.unread}; ${first?.path}: ${first?.message}`);
  const inventory = inventoryOf(run, terminal.cwd, args.operands.length === 0 && args.since === undefined && !args.staged);
  const known = await readBaseline(inventory);
  const findings = args.prune ? pruned(known, inventory) : renewed(known, inventory);
  const file = baselineFile(inventory);
  deliver(printBaseline(findings), file, terminal);
  if (!args.quiet) terminal.out(`${summary(findings.length, known.length)} in ${visible(displayPath(file, terminal.cwd))}\n`);
  return 0;
}

function summary(now: number, before: number): string {
  return `${now} ${now === 1 ? 'finding' : 'findings'}${now === before ? '' : `, ${before} before,`}`;
}
