// `pgmigrate-lint --fix` and `--diff`: writes the safe migration, or shows what it would write.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { engineRules } from '../../engine/unread.ts';
import type { CureLevel } from '../../model/cure.ts';
import type { Proof } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import { withMarks, writeAll, type FileChange } from '../../project/cures/changes.ts';
import { isCurable, repairPaths, type Repaired } from '../../project/cures/repair.ts';
import type { WorkspaceOptions } from '../../project/options.ts';
import type { Run } from '../../project/run.ts';
import { suggestion } from '../../project/settings/rule-overrides.ts';
import { repositoryPaths } from '../../sources/disk/repository-path.ts';
import { proofPretty } from '../../reporters/proof-pretty.ts';
import { nearest } from '../../text/nearest.ts';
import { visible } from '../../text/visible.ts';
import type { Arguments } from '../arguments.ts';
import { patches } from '../fix/patch.ts';
import { summaryLines } from '../fix/summary.ts';
import { withProgress } from '../progress.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { refuseUnread, warn } from '../workspace-options.ts';

/** What is left to report. Standard output has the diff of `--diff`, and the text that came through standard input. */
export async function fixFiles(args: Arguments, options: WorkspaceOptions, terminal: Terminal, given: readonly Rule[]): Promise<Run<Repaired>> {
  checkRules(args.fixOnly);
  const only = new Set(args.fixOnly);
  const levels = new Set<CureLevel>(args.unsafeFixes ? ['safe', 'files', 'unsafe'] : ['safe', 'files']);
  // Where all of the history is to be run, nothing of it is taken from an earlier run.
  const whole = args.prove ? { ...options, checkpoints: undefined } : options;
  const input = options.stdin && heard(options.stdin);
  const done = await repairPaths(args.operands, { ...whole, stdin: input }, given, { levels, isWanted: (rule) => only.size === 0 || only.has(rule) });
  if (input) refuseUnread(done);
  const changes = withMarks(done.result.changes, (path) => input?.bytes() ?? readFileSync(resolve(terminal.cwd, path)));
  if (args.prove) await proveAll(done.result, changes, args, terminal);
  if (args.diff) terminal.out(patches(changes, done.result.renames, repositoryPaths(terminal.cwd)));
  else if (input) terminal.out(changes[0]?.after ?? input.bytes().toString('utf8'));
  else writeAll(changes, terminal.cwd, done.result.renames);
  if (!args.quiet) for (const line of summaryLines({ ...done.result, changes }, args)) terminal.err(`${visible(line)}\n`);
  return done;
}

/** Throws a `UserError` where what is fixed does not come to the same. */
async function proveAll({ rewritings }: Repaired, changes: readonly FileChange[], args: Arguments, terminal: Terminal): Promise<void> {
  const { prove } = await import('../../project/cures/prove.ts');
  const changed = new Set(changes.map(({ path }) => path));
  for (const rewriting of rewritings) {
    const proof = await withProgress(terminal, 'migrations', ({ show, clear }) => {
      const say = (sentence: string): void => {
        clear();
        if (!args.quiet) warn([sentence], terminal);
      };
      return prove(rewriting, changed, { databaseUrl: args.databaseUrl, env: terminal.env, isAsIs: args.asIs, say, progress: show });
    });
    if (!args.quiet) terminal.err(proofPretty(proof, { color: usesColor(args.color, terminal), width: terminal.columns }));
    const mistake = mistakeIn(proof);
    if (mistake !== undefined) throw new UserError(`nothing was written, because ${mistake}`);
  }
}

function mistakeIn({ refused: [refused], differences }: Proof): string | undefined {
  if (refused !== undefined) return `${differences === undefined ? 'nothing is proven: PostgreSQL refuses the migrations before and after' : 'PostgreSQL refuses what the fixes make'}: ${refused}`;
  return differences?.[0] && `the fixes come to another schema: ${differences[0]}`;
}

type Input = NonNullable<WorkspaceOptions['stdin']>;

/** It can be read once, and is printed where nothing is fixed. */
function heard({ read, path }: Input): Input & { readonly bytes: () => Buffer } {
  let bytes: Buffer = Buffer.of();
  return { path, read: async (most) => (bytes = await read(most)), bytes: () => bytes };
}

function checkRules(ids: readonly string[]): void {
  const known = [...rules.map(({ meta }) => meta.id), ...engineRules.map(({ id }) => id)];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UserError(`unknown rule "${unknown}" of --fix-only${suggestion(nearest(unknown, known))}`);
  const incurable = ids.find((id) => !isCurable(id));
  if (incurable !== undefined) throw new UserError(`no fix is known of what ${incurable} finds; "pgmigrate-lint rules ${incurable}" says what to do`);
}
