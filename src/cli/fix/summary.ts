// What `--fix` and `--diff` say beside the report: what was fixed and where, what was not and why, and what is left to do.

import type { Repaired } from '../../project/cures/repair.ts';
import type { Report } from '../../model/report.ts';
import { list } from '../../text/list.ts';
import { shellWord } from '../init/quoting.ts';
import type { Arguments } from '../arguments.ts';

/** Lines without line breaks; what comes from files stands in them as it is. */
export function summaryLines(repaired: Repaired, args: Pick<Arguments, 'diff' | 'staged' | 'operands'>): readonly string[] {
  const { changes, renames, withheld, leftAlone, afterwards } = repaired;
  const isWritten = !args.diff && !args.operands.includes('-');
  const touched = [...new Set([...changes.map(({ path }) => path), ...renames.flatMap(({ from, to }) => [from, to])])];
  const commands = [...(args.staged && isWritten && touched.length > 0 ? [`git add ${touched.map(pathWord).join(' ')}`] : []), ...(isWritten ? afterwards : [])];
  return [
    `pgmigrate-lint: ${headline(repaired, args.diff)}`,
    ...changes.map(({ path, before }) => `  ${path}${before === undefined ? ' (new)' : ''}`),
    ...renames.map(({ from, to }) => `  ${from} → ${to}`),
    ...Array.from(leftAlone, ([path, why]) => `${path} is left alone: ${why}`),
    ...withheld.map(({ finding: { path, line, column, rule }, why }) => `${path}:${line}:${column}: ${rule} is not fixed: ${why}`),
    ...(commands.length === 0 ? [] : [`now run: ${list(commands)}`]),
  ];
}

/** `fixed 4 problems, 2 are left; --unsafe-fixes would fix 1 more`. */
function headline({ before, others, report }: Repaired, isDiff: boolean): string {
  const fixed = fixedIn(before, report);
  const left = report.findings.length;
  const unsafe = others.get('unsafe') ?? 0;
  const rest = left === 0 ? 'none is left' : `${left} ${left === 1 ? 'is' : 'are'} left`;
  const done = fixed === 0 ? (left === 0 ? 'there is nothing to fix' : `none of ${count(left)} is fixed`) : `${isDiff ? 'would fix' : 'fixed'} ${count(fixed)}, ${rest}`;
  return `${done}${unsafe === 0 ? '' : `; --unsafe-fixes would fix ${unsafe} more`}`;
}

/** What a fix brings and another one takes away was never there; what one fix does for several findings, it does for each. */
function fixedIn(before: Report, after: Report): number {
  const countOf = ({ findings }: Report, rule: string): number => findings.filter((one) => one.rule === rule).length;
  const rules = new Set(before.findings.map(({ rule }) => rule));
  return [...rules].reduce((sum, rule) => sum + Math.max(0, countOf(before, rule) - countOf(after, rule)), 0);
}

/** Git takes what begins with a hyphen or a colon for something else. */
function pathWord(path: string): string {
  const plain = /^[-:]/.test(path) ? `./${path}` : path;
  return /^[\w./@+=,-]+$/.test(plain) ? plain : shellWord(plain);
}

function count(number: number): string {
  return `${number} problem${number === 1 ? '' : 's'}`;
}
