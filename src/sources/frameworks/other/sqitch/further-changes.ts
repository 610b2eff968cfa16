// Further changes of Sqitch: a line in sqitch.plan, and the scripts that deploy and revert each. Scripts say BEGIN and COMMIT themselves, and what
// can't be in a transaction stands alone. Source: sqitch.org/docs/manual/sqitchchanges; App::Sqitch::Plan.

import type { FurtherMigration, Withheld } from '../../../../model/cure.ts';
import type { Neighbour, NewFile, Writing } from '../../authoring/authoring.ts';
import { statementsOf, textOf, undoLines } from '../../authoring/layouts.ts';

const PLAN = 'sqitch.plan';

export function writeFurther(further: readonly FurtherMigration[], behind: Neighbour): Writing | Withheld {
  let plan = behind.textOf(PLAN);
  let before = changeOf(behind.path);
  if (plan === undefined || before === undefined) return { why: `no ${PLAN} was found, in which Sqitch would look for a further change` };
  if (verifiesEach(behind)) return { why: `sqitch.conf has each change verified when it is deployed, and ${scriptOf(behind.origin, 'verify')} may look for what only a further one makes` };
  const files: NewFile[] = [];
  for (const one of further) {
    const name = freeName(one.name, behind.taken, plan);
    const listed = lineBehind(plan, before, name, one.name);
    if (listed === undefined) return { why: `the line of "${before}" was not found in ${PLAN}` };
    files.push(...scriptsOf(one, { name, before }, behind));
    plan = listed;
    before = name;
  }
  return { edits: [], files, changed: [{ path: PLAN, text: plan }] };
}

/** `sqitch verify` alone asks when all is deployed. A change without a script is complained of, and passes. Source: verify_change() in App::Sqitch::Engine. */
function verifiesEach({ origin, textOf: read }: Neighbour): boolean {
  const [, deploy = ''] = /^\s*\[deploy\]([^[]*)/m.exec(read('sqitch.conf') ?? '') ?? [];
  return read(scriptOf(origin, 'verify')) !== undefined && /^\s*verify\s*(?:=\s*(?:true|1|yes|on)\s*)?$/im.test(deploy);
}

/** `verify/add_totals.sql` of `deploy/add_totals.sql`. */
function scriptOf(path: string, way: string): string {
  return path.replace(/(^|\/)deploy\//, `$1${way}/`);
}

interface Named {
  readonly name: string;
  /** The change behind which it comes. */
  readonly before: string;
}

function scriptsOf(further: FurtherMigration, { name, before }: Named, behind: Neighbour): readonly NewFile[] {
  const { path, origin, isUndone, textOf: read } = behind;
  const pathOf = (way: string): string => path.replace(/(^|\/)deploy\/.*$/, `$1${way}/${name}.sql`);
  const headOf = (script: string): readonly string[] => {
    const [line = ''] = (read(script) ?? '').split(/\r?\n/);
    const change = changeOf(origin) ?? '';
    return /^--\s*(?:Deploy|Revert|Verify)\b/.test(line) && line.includes(change) ? [line.replace(change, () => name)] : [];
  };
  const within = (lines: readonly string[]): readonly string[] => (further.place === 'outside' ? ['', ...lines] : ['', 'BEGIN;', '', ...lines, '', 'COMMIT;']);
  const deployed = [...headOf(origin), `-- requires: ${before}`, ...within(statementsOf(further.statements))];
  const reverted = [...headOf(scriptOf(origin, 'revert')), ...within(undoLines(further, behind))];
  const asked = scriptOf(origin, 'verify');
  const verified = [...headOf(asked), '', 'BEGIN;', '', `-- ${asked} looks at what comes of it.`, '', 'ROLLBACK;'];
  return [
    { path: pathOf('deploy'), text: textOf(deployed, behind), isMigration: true },
    ...(isUndone ? [{ path: pathOf('revert'), text: textOf(reverted, behind), isMigration: false }] : []),
    ...(read(asked) === undefined ? [] : [{ path: pathOf('verify'), text: textOf(verified, behind), isMigration: false }]),
  ];
}

/** `add_totals` of `deploy/add_totals.sql`. */
function changeOf(path: string): string | undefined {
  return /(?:^|\/)deploy\/(.+)\.sql$/.exec(path)?.[1];
}

function freeName(wanted: string, taken: ReadonlySet<string>, plan: string): string {
  const isTaken = (name: string): boolean => [...taken].some((path) => changeOf(path) === name) || lineOf(plan, name) !== undefined;
  let name = wanted;
  for (let count = 2; isTaken(name); count += 1) name = `${wanted}_${count}`;
  return name;
}

interface PlanLine {
  readonly end: number;
  readonly planner: string;
  readonly time: string;
}

/** The last one of that name: a change that was reworked has several. */
function lineOf(plan: string, name: string): PlanLine | undefined {
  const lines = plan.matchAll(/^[ \t]*\+?[ \t]*([^\s@%#[+-][^\s@%#[]*)(?:[ \t]+\[[^\]\r\n]*\])?[ \t]+(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)[ \t]+([^\r\n#]*<[^>\r\n]*>)[^\r\n]*/gm);
  const [, , time = '', planner = '', end] = Array.from(lines, (line) => [...line, line.index + line[0].length] as const).findLast(([, one]) => one === name) ?? [];
  return typeof end === 'number' ? { end, planner: String(planner), time: String(time) } : undefined;
}

/** By the same planner, a second later. */
function lineBehind(plan: string, before: string, name: string, words: string): string | undefined {
  const line = lineOf(plan, before);
  if (line === undefined) return undefined;
  const lineEnd = plan.includes('\r\n') ? '\r\n' : '\n';
  const time = new Date(Date.parse(line.time) + 1000).toISOString().replace(/\.\d+/, '');
  const note = words.charAt(0).toUpperCase() + words.slice(1).replace('_', ' ');
  return `${plan.slice(0, line.end)}${lineEnd}${name} [${before}] ${time} ${line.planner} # ${note}.${plan.slice(line.end)}`;
}
