// How much was found, cured, withheld, and wrong.

import type { Finding, Severity } from '../../src/model/finding.ts';
import type { Case, Written } from './cases.ts';

export interface Tally {
  migrations: number;
  /** Migrations with cures that ran as they were given, and that could not run so. */
  run: number;
  refused: number;
  readonly tried: { safe: number; all: number };
  /** By severity and category, then by what became of them. */
  readonly found: Map<string, Map<string, number>>;
  /** By rule and reason. */
  readonly withheld: Map<string, number>;
  /** Where a reason was first met. */
  readonly examples: Map<string, string>;
  readonly wrong: Map<string, number>;
}

export function emptyTally(): Tally {
  return { migrations: 0, run: 0, refused: 0, tried: { safe: 0, all: 0 }, found: new Map(), withheld: new Map(), examples: new Map(), wrong: new Map() };
}

/** What is not found any more is cured, also where the cure of something else did it. */
export function countCase(tally: Tally, { found, safe, all }: Case): void {
  tally.migrations += 1;
  const why = new Map(all.fixed.withheld.map((one) => [one.finding.fingerprint, one.why]));
  const [leftBySafe, leftByAll] = [leftBehind(safe), leftBehind(all)];
  for (const { severity, category, rule, fingerprint, path, line } of found.toSorted((one, other) => Number(isCured(one, safe)) - Number(isCured(other, safe)))) {
    const fate = !takeOne(leftBySafe, rule) ? 'safe' : !takeOne(leftByAll, rule) ? 'unsafe' : why.has(fingerprint) ? 'withheld' : 'no cure';
    count(counts(tally, severity, category), fate);
    if (fate !== 'withheld' && fate !== 'no cure') continue;
    const reason = `${severity} ${rule}: ${why.get(fingerprint)?.replaceAll(/"[^"]*"/g, '"…"') ?? 'no cure'}`;
    if (count(tally.withheld, reason) === 1) tally.examples.set(reason, `${path}:${line}`);
  }
}

function isCured({ fingerprint }: Finding, { fixed }: Written): boolean {
  return fixed.cured.some((one) => one.fingerprint === fingerprint);
}

/** How often each rule still speaks. */
function leftBehind({ fixed: { manuscript } }: Written): Map<string, number> {
  const left = new Map<string, number>();
  for (const { finding, suppression } of manuscript.checked.flatMap(({ examined }) => examined.flatMap(({ found }) => found))) if (suppression === undefined) count(left, finding.rule);
  return left;
}

function takeOne(left: Map<string, number>, rule: string): boolean {
  const now = left.get(rule) ?? 0;
  left.set(rule, Math.max(0, now - 1));
  return now > 0;
}

function counts({ found }: Tally, severity: Severity, category: string): Map<string, number> {
  const key = `${severity} ${category}`;
  const now = found.get(key) ?? new Map<string, number>();
  found.set(key, now);
  return now;
}

function count(counts: Map<string, number>, key: string): number {
  const now = (counts.get(key) ?? 0) + 1;
  counts.set(key, now);
  return now;
}

export function countWrong({ wrong }: Tally, kind: string): number {
  return count(wrong, kind);
}

export function printTally(version: number, { migrations, run, refused, tried, found, withheld, examples, wrong }: Tally): string {
  const rows = [...found].toSorted(([one], [other]) => one.localeCompare(other)).map(([key, fates]) => `  ${key.padEnd(24)}${['safe', 'unsafe', 'withheld', 'no cure'].map((fate) => `${fate} ${fates.get(fate) ?? 0}`.padEnd(16)).join('')}`);
  const isGrave = (key: string): boolean => /^error (?:locking|waiting|failing)$/.test(key);
  const grave = [...found].flatMap(([key, fates]) => (isGrave(key) ? [...fates] : []));
  const sum = (fates: readonly (readonly [string, number])[]): number => fates.reduce((total, [, number]) => total + number, 0);
  const cured = sum(grave.filter(([fate]) => fate === 'safe' || fate === 'unsafe'));
  return [
    `PostgreSQL ${version}: ${migrations} migrations; ${run} with cures ran as given, ${refused} can't; ${tried.safe} run as written by safe cures, ${tried.all} by all`,
    ...rows,
    `  of errors that lock, wait or fail: ${cured} of ${sum(grave)} cured (${((100 * cured) / Math.max(1, sum(grave))).toFixed(1)} %)`,
    ...byCount(withheld).map(([why, number]) => `  left ${number}: ${why} (${examples.get(why)})`),
    ...byCount(wrong).map(([kind, number]) => `  WRONG ${number}: ${kind}`),
  ].join('\n');
}

function byCount(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted(([, one], [, other]) => other - one);
}
