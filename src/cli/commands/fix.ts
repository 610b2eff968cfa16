// `pgmigrate-lint --fix` and `--diff`: writes the safe migration, or shows what it would write.

import { createTwoFilesPatch } from 'diff';
import { rules } from '../../../rules/index.ts';
import type { CureLevel } from '../../model/cure.ts';
import { UserError } from '../../model/user-error.ts';
import type { Rule } from '../../model/rule.ts';
import type { WorkspaceOptions } from '../../project/options.ts';
import type { Run } from '../../project/run.ts';
import { writeAll, type FileChange } from '../../project/cures/changes.ts';
import { repairPaths, type Repaired } from '../../project/workspace.ts';
import { suggestion } from '../../project/settings/rule-overrides.ts';
import { repositoryPaths } from '../../sources/disk/repository-path.ts';
import { nearest } from '../../text/nearest.ts';
import type { Arguments } from '../arguments.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../workspace-options.ts';

/** What is left to report. With `--diff`, standard output has the diff, and nothing is written. */
export async function fixFiles(args: Arguments, options: WorkspaceOptions, terminal: Terminal, given: readonly Rule[]): Promise<Run<Repaired>> {
  checkRules(args.fixOnly);
  const only = new Set(args.fixOnly);
  const levels = new Set<CureLevel>(args.unsafeFixes ? ['safe', 'files', 'unsafe'] : ['safe', 'files']);
  const done = await repairPaths(args.operands, options, given, { levels, isWanted: (rule) => only.size === 0 || only.has(rule) });
  const { changes } = done.result;
  if (args.diff) terminal.out(changes.map((change) => patchOf(change, terminal.cwd)).join(''));
  else writeAll(changes, terminal.cwd);
  warn(summaryOf(done.result, args), terminal);
  return done;
}

function checkRules(ids: readonly string[]): void {
  const known = rules.map(({ meta }) => meta.id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UserError(`unknown rule "${unknown}" of --fix-only${suggestion(nearest(unknown, known))}`);
}

/** As `git apply` takes it, from the top of the repository. */
function patchOf({ path, before, after }: FileChange, cwd: string): string {
  const place = repositoryPaths(cwd)(path);
  const head = `diff --git a/${place} b/${place}\n${before === undefined ? 'new file mode 100644\n' : ''}`;
  const patch = createTwoFilesPatch(before === undefined ? '/dev/null' : `a/${place}`, `b/${place}`, before ?? '', after, undefined, undefined, { context: 3 });
  return head + patch.replace(/^=+\n/, '');
}

function summaryOf({ cured, changes, others, withheld, afterwards }: Repaired, { diff, quiet }: Arguments): readonly string[] {
  const made = changes.filter(({ before }) => before === undefined);
  const unsafe = others.get('unsafe') ?? 0;
  const files = changes.length === 0 ? '' : ` in ${numberOf(changes.length - made.length, 'file')}${made.length === 0 ? '' : `, with ${numberOf(made.length, 'further file')}: ${made.map(({ path }) => path).join(', ')}`}`;
  return [
    `${diff ? 'would fix' : 'fixed'} ${numberOf(cured.length, 'problem')}${files}${unsafe === 0 ? '' : `; --unsafe-fixes would fix ${unsafe} more`}`,
    ...afterwards,
    ...(quiet ? [] : withheld.map(({ finding, why }) => `${finding.path}:${finding.line}:${finding.column}: ${finding.rule} is not fixed: ${why}`)),
  ];
}

function numberOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
