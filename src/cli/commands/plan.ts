// `pgmigrate-lint explain --plan`: what somebody has to do about what is found, step by step.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import type { Finding } from '../../model/finding.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { planPaths } from '../../project/cures/plan-paths.ts';
import { plansJson } from '../../reporters/plan-json.ts';
import { plansPretty } from '../../reporters/plan-pretty.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { withProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { refuseUnread, warnOf, workspaceOptions } from '../workspace-options.ts';
import { explanationContext, requestedFormat } from './explain.ts';

export async function planCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { format, file } = requestedFormat(args, planFormats);
  const places = args.operands.map((word) => placeIn(word, terminal.cwd));
  const options = await workspaceOptions(args, terminal);
  const run = await withProgress(terminal, 'files', ({ show: progress }) => planPaths(places.map(({ path }) => path), { ...options, progress }, rules, (finding) => isMeant(finding, places, terminal.cwd)));
  warnOf(run, args, terminal);
  const { planned, postgres } = run.result;
  const text = format === 'json' ? plansJson(planned, postgres) : planned.length === 0 ? nothingIn(places) : plansPretty(planned, explanationContext(run, args, terminal));
  deliver(text, file, terminal);
  refuseUnread(run);
  return 0;
}

/** A plan is read step by step, in a terminal or by a program. */
const planFormats = ['pretty', 'json'] as const;

interface Place {
  readonly path: string;
  /** Undefined: all of the file. */
  readonly line: number | undefined;
}

/** `db/0042.sql:3`, unless a file is called so. */
function placeIn(word: string, cwd: string): Place {
  const [, path, line] = existsSync(resolve(cwd, word)) ? [] : (/^(.+?):(\d{1,9})(?::\d{1,9})?$/.exec(word) ?? []);
  return path === undefined ? { path: word, line: undefined } : { path, line: Number(line) };
}

/** A line means all statements that stand on it. */
function isMeant(finding: Finding, places: readonly Place[], cwd: string): boolean {
  const lined = places.filter(({ line }) => line !== undefined);
  const here = lined.filter(({ path }) => displayPath(resolve(cwd, path), cwd) === finding.path);
  if (lined.length === 0 || (here.length === 0 && places.length > lined.length)) return true;
  return here.some(({ line = 0 }) => finding.statement.line <= line && line <= finding.statement.endLine);
}

function nothingIn(places: readonly Place[]): string {
  const [only] = places;
  const where = places.length === 1 && only ? ` ${only.line === undefined ? 'in' : 'at'} ${only.path}${only.line === undefined ? '' : `:${only.line}`}` : '';
  return `Nothing is found${where}, so there is nothing to plan\n`;
}
