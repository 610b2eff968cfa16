// Lints and explains the files of a project. The command line and the Node API stand on it.

import { resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import { explain } from '../engine/explain.ts';
import { lint, type Examined, type Judgement } from '../engine/lint.ts';
import { cureLevels, type CureLevel, type OfferedCure } from '../model/cure.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { newbornIn } from '../sources/git/newborn.ts';
import type { ExplainedMigration, Explanation, Report } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { toSlashes } from '../sources/disk/expand.ts';
import { manuscriptOf } from './cures/documents.ts';
import { afterwardsOf, changesIn, type FileChange } from './cures/changes.ts';
import { fixAll, type Wish, type WithheldCure } from './cures/fix-all.ts';
import { offersIn } from './cures/offers.ts';
import { reportOf } from './cures/report-of.ts';
import { judgementOf } from './judgement.ts';
import { baselinePath, goneFrom, goneNotes, readBaseline } from './known-findings.ts';
import type { WorkspaceOptions } from './options.ts';
import { run, type Run } from './run.ts';
import { tableSizesOf } from './settings/table-sizes-of.ts';
import type { Site } from './site.ts';

export async function lintPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[]): Promise<Run<Report>> {
  const linted = await reviewPaths(paths, options, rules, false);
  return { ...linted, result: linted.result.report };
}

export interface Review {
  readonly report: Report;
  /** What the statements of the linted migrations will do. */
  readonly explained: readonly ExplainedMigration[];
  /** A baseline, or what `start-after`, `--since` or `--staged` say, keeps apart what is old. */
  readonly isOldKnown: boolean;
  /** What cures findings of files that are new, or that somebody named: by their fingerprints. */
  readonly cures: ReadonlyMap<string, OfferedCure>;
  /** What somebody has to do about them. */
  readonly plans: ReadonlyMap<string, Plan>;
}

/** Lints, and explains what is linted where that `isExplained`, which is as much work again. */
export async function reviewPaths(
  paths: readonly string[],
  options: WorkspaceOptions,
  rules: readonly Rule[],
  isExplained: boolean,
): Promise<Run<Review>> {
  let known: readonly KnownFinding[] = [];
  const done = await run(paths, options, rules, async (histories, site, workshops) => {
    const place = { cwd: options.cwd, directory: site.configuration.directory };
    known = options.baseline === false ? [] : await readBaseline(place);
    const judgement = judgementFor(site, known);
    const isOldKnown = known.length > 0 || saysWhatIsOld(site);
    const read = isExplained ? histories.map((history) => ({ ...history, migrations: [...history.migrations] })) : histories;
    const told: Examined[] = [];
    const isOffered = (path: string): boolean => options.since !== undefined || options.staged === true || site.texts.isOnCommandLine(resolve(options.cwd, path));
    const report = lint(read, judgement, (one) => {
      if (told.some(({ history }) => history === one.history) || (one.migration.linted && isOffered(one.migration.source.path))) told.push(one);
    });
    const cures = new Map([...workshops].flatMap(([history, workshop]) => {
      const own = told.filter((one) => one.history === history || one.history === read[histories.indexOf(history)]);
      return [...offersIn(manuscriptOf(own, workshop, judgement), isOffered)];
    }));
    const { plansIn } = await import('./cures/planned.ts');
    return { report, isOldKnown, cures, plans: plansIn(told, isOffered), explained: isExplained ? explain(read, site.settings.stated()).migrations : [] };
  });
  const place = { cwd: options.cwd, directory: done.directory };
  const gone = goneFrom(known, done.result.report, new Set(Array.from(done.sources.keys(), (path) => baselinePath(path, place))));
  return { ...done, notes: [...done.notes, ...goneNotes(gone)] };
}

export interface Repaired {
  /** Of what is left. */
  readonly report: Report;
  readonly cured: readonly Finding[];
  /** What more could be cured, by the level that it takes. */
  readonly others: ReadonlyMap<CureLevel, number>;
  readonly withheld: readonly WithheldCure[];
  readonly changes: readonly FileChange[];
  /** What the user has to do when the changes are written, because a tool keeps sums of its files. */
  readonly afterwards: readonly string[];
}

export type RepairWish = Pick<Wish, 'levels' | 'isWanted'>;

/** Lints, and cures what may be cured; nothing is written. Throws a `UserError` where it is not known which files are new. */
export async function repairPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], wish: RepairWish): Promise<Run<Repaired>> {
  const isNew = newbornIn(options.cwd, '--fix', options.since);
  const mayEdit = (path: string): boolean => isNew(resolve(options.cwd, path));
  return run(paths, options, rules, async (histories, site, workshops) => {
    const known = options.baseline === false ? [] : await readBaseline({ cwd: options.cwd, directory: site.configuration.directory });
    const judgement = judgementFor(site, known);
    const told: Examined[] = [];
    const before = lint(histories, judgement, (one) => told.push(one));
    const texts = new Map(told.map(({ migration: { source } }) => [source.path, source.text]));
    const fixed = [...workshops].map(([history, workshop]) => {
      return fixAll(manuscriptOf(told.filter((one) => one.history === history), workshop, judgement), { ...wish, mayEdit });
    });
    const others = new Map(cureLevels.map((level) => [level, fixed.reduce((sum, one) => sum + (one.others.get(level) ?? 0), 0)]));
    return {
      report: reportOf(before, fixed.map(({ manuscript }) => manuscript)),
      cured: fixed.flatMap(({ cured }) => cured),
      others,
      withheld: fixed.flatMap(({ withheld }) => withheld),
      changes: changesIn(fixed.map(({ manuscript }) => manuscript), texts),
      afterwards: afterwardsOf(fixed.map(({ manuscript }) => manuscript), texts),
    };
  });
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

function judgementFor({ settings, configuration, options: { cwd } }: Site, known: readonly KnownFinding[]): Judgement {
  const { directory } = configuration;
  return judgementOf(settings, {
    fileOf: (path) => toSlashes(resolve(cwd, path)),
    identify: (path) => baselinePath(path, { directory, cwd }),
    baseline: new Set(known.map(({ fingerprint }) => fingerprint)),
    tables: tableSizesOf(configuration, cwd),
  });
}
