// Lints and explains the files of a project. The command line and the Node API stand on it.

import { resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import { explain } from '../engine/explain.ts';
import { lint, type Examined } from '../engine/lint.ts';
import type { History, ParsedMigration } from '../engine/parsed-migration.ts';
import { loosenedIn } from './loosening/loosened.ts';
import type { OfferedCure } from '../model/cure.ts';
import type { Plan } from '../model/plan.ts';
import type { ExplainedMigration, Explanation, Report } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { judgementAt, knownAt } from './judgement-at.ts';
import { baselinePath, goneFrom, goneNotes } from './known-findings.ts';
import type { WorkspaceOptions } from './options.ts';
import { run, type Run } from './run.ts';
import type { Site } from './site.ts';

export async function lintPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Run<Report>> {
  const linted = await reviewPaths(paths, options, rules, { isExplained: false, isCured: false });
  return { ...linted, result: linted.result.report };
}

/** What is wanted beside the findings, each of it as much work again. */
export interface Wanted {
  /** What the statements of the linted migrations will do. */
  readonly isExplained: boolean;
  /** What cures the findings. */
  readonly isCured: boolean;
}

export interface Review {
  readonly report: Report;
  readonly explained: readonly ExplainedMigration[];
  /** A baseline, or what `start-after`, `--since` or `--staged` say, keeps apart what is old. */
  readonly isOldKnown: boolean;
  /** What cures findings of files that are new, or that somebody named: by their fingerprints. */
  readonly cures: ReadonlyMap<string, OfferedCure>;
  /** False: too much is found to try a cure of each. */
  readonly areAll: boolean;
  /** What somebody has to do about them. */
  readonly plans: ReadonlyMap<string, Plan>;
}

export const noOffers: Pick<Review, 'cures' | 'areAll' | 'plans'> = { cures: new Map(), areAll: true, plans: new Map() };

export async function reviewPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], { isExplained, isCured }: Wanted): Promise<Run<Review>> {
  let known: readonly KnownFinding[] = [];
  const done = await run(paths, options, rules, async (histories, site, workshops, pasts) => {
    known = await knownAt(site);
    const judgement = judgementAt(site, known);
    const isOldKnown = known.length > 0 || saysWhatIsOld(site);
    const read = isExplained ? histories.map((history) => (history.isAside ? history : { ...history, migrations: [...history.migrations] })) : histories;
    const told = new Map<History, Examined[]>();
    const linted: ParsedMigration[] = [];
    const hear = isCured ? hearing(told, site) : undefined;
    const found = lint(read, judgement, (examined) => {
      if (site.base && examined.migration.linted) linted.push(examined.migration);
      hear?.(examined);
    });
    const report = { ...found, loosened: await loosenedIn(site, linted, known, rules) };
    const explained = isExplained ? explain(read.filter(({ isAside }) => isAside !== true), site.settings.stated()).migrations : [];
    if (!isCured || report.findings.length === 0) return { report, isOldKnown, ...noOffers, explained };
    const [{ offersInHistories }, { plansIn }, { offeredRenames }] = await Promise.all([import('./cures/offers.ts'), import('./cures/planned.ts'), import('./cures/renames.ts')]);
    const renames = offeredRenames(report.findings, pasts, site.options.cwd, isOffered(site));
    const ofHistory = histories.map((history, index) => ({ told: told.get(read[index] ?? history) ?? [], workshop: workshops.get(history) }));
    const { cures, areAll } = offersInHistories(ofHistory, judgement, isOffered(site));
    return { report, isOldKnown, areAll, cures: new Map([...cures, ...renames]), plans: plansIn([...told.values()].flat(), isOffered(site)), explained };
  });
  const place = { cwd: options.cwd, directory: done.directory };
  const gone = goneFrom(known, done.result.report, new Set(Array.from(done.sources.keys(), (path) => baselinePath(path, place))));
  return { ...done, notes: [...done.notes, ...goneNotes(gone)] };
}

/** Keeps what was told of each history, from its first migration on that a cure is offered for. */
function hearing(told: Map<History, Examined[]>, site: Site): (examined: Examined) => void {
  const isWanted = isOffered(site);
  return (one) => {
    const before = told.get(one.history);
    if (before) before.push(one);
    else if (one.migration.linted && isWanted(one.migration.source.path)) told.set(one.history, [one]);
  };
}

/** Of the migrations that ran long ago, none is changed any more. */
function isOffered({ options: { cwd, since, staged, stdin }, texts }: Site): (path: string) => boolean {
  const isInput = (path: string): boolean => stdin !== undefined && resolve(cwd, path) === resolve(cwd, stdin.path ?? '<stdin>');
  return (path) => since !== undefined || staged === true || isInput(path) || texts.isOnCommandLine(resolve(cwd, path));
}

export async function explainPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
): Promise<Run<Explanation>> {
  return run(paths, { ...options, withDeployed: true }, rules, (histories, { settings }) => explain(histories, settings.stated()));
}

function saysWhatIsOld({ options: { since, staged }, configuration: { config } }: Site): boolean {
  return since !== undefined || staged === true || [config, ...config.migrations].some(({ startAfter }) => startAfter !== undefined);
}
