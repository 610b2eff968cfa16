// Lints the files of a project, and cures what is found in those that are new. Nothing is written here.

import * as cure from '../../cure/index.ts';
import { lint, type Examined } from '../../engine/lint.ts';
import type { History } from '../../engine/parsed-migration.ts';
import { cureLevels, type CureLevel, type Rename } from '../../model/cure.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import { judgementAt, knownAt } from '../judgement-at.ts';
import type { WorkspaceOptions } from '../options.ts';
import { run, type Run } from '../run.ts';
import { changesIn, type FileChange } from './changes.ts';
import { manuscriptOf, type Manuscript } from './documents.ts';
import { untouchable } from './untouchable.ts';
import { fixAll, type Wish, type WithheldCure } from './fix-all.ts';
import { isRenamed, noRenaming, renamingOf } from './renames.ts';
import { reportOf, without } from './report-of.ts';

/** In the file, or by another name of it. */
export function isCurable(rule: string): boolean {
  return cure.isCurable(rule) || isRenamed({ rule });
}

export function levelsOf(rule: string): readonly CureLevel[] {
  return isRenamed({ rule }) ? ['files'] : cure.levelsOf(rule);
}

export interface Repaired {
  /** Of what there was. */
  readonly before: Report;
  /** Of what is left. */
  readonly report: Report;
  /** What more could be cured, by the level that it takes. */
  readonly others: ReadonlyMap<CureLevel, number>;
  readonly withheld: readonly WithheldCure[];
  readonly changes: readonly FileChange[];
  /** Behind the changes. */
  readonly renames: readonly Rename[];
  /** Files with findings that stay as they are, and why. */
  readonly leftAlone: ReadonlyMap<string, string>;
  /** Commands of the tools that have to be run when the changes are written. */
  readonly afterwards: readonly string[];
  /** What changed, history by history. */
  readonly rewritings: readonly Rewriting[];
  /** How many migrations more there would be in each history, in their order. */
  readonly made: readonly number[];
}

/** A history as it was, and as it would be. */
export interface Rewriting {
  readonly history: History;
  /** All of its migrations, as they were told. */
  readonly told: readonly Examined[];
  readonly manuscript: Manuscript;
}

export type RepairWish = Pick<Wish, 'levels' | 'isWanted'>;

/** Throws a `UserError` where none of the files that are named is new, or where nobody knows which ones are. */
export async function repairPaths(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], wish: RepairWish): Promise<Run<Repaired>> {
  return run(paths, options, rules, async (histories, site, workshops, pasts) => {
    const guard = untouchable(site);
    const judgement = judgementAt(site, await knownAt(site));
    const told: Examined[] = [];
    const before = lint(histories, judgement, (one) => told.push(one));
    const linted = new Set(told.flatMap(({ migration }) => (migration.linted ? [migration.source.path] : [])));
    guard.refuseIfNone(linted);
    const history = new Set(told.flatMap(({ migration }) => (migration.isBesideNew === true ? [migration.source.path] : [])));
    const why = (path: string): string | undefined => guard.why(path, history.has(path) && linted.has(path));
    const isStdin = (path: string): boolean => path === (options.stdin?.path ?? '<stdin>');
    const isWished = (finding: Finding): boolean => wish.levels.has('files') && wish.isWanted(finding.rule);
    const whyStays = (path: string): string | undefined => (isStdin(path) ? 'standard input has no name' : (why(path) ?? guard.whyKept(path, true)));
    const { renames, afterwards, cured: renamed, withheld } = options.stdin === undefined ? renamingOf(before.findings.filter(isWished), pasts, options.cwd, whyStays) : noRenaming;
    const isMoved = new Set(renames.map(({ from }) => from));
    const whyNotAdd = (path: string): string | undefined => {
      if (options.stdin !== undefined && isStdin(path)) return 'for which standard input has no place; fix the file itself';
      return isMoved.has(path) ? 'and it gets another name first; run this once more' : undefined;
    };
    // What a rule with a bug does not say, nobody can hold against what would be written.
    const judged = before.failures.length > 0 ? [] : [...workshops];
    const rewritings = judged.map(([history, workshop]) => {
      const own = told.filter((one) => one.history === history);
      const fixed = fixAll(manuscriptOf(own, workshop, judgement), { ...wish, whyNotAdd, mayEdit: (path) => why(path) === undefined, whyKept: guard.whyKept });
      return { history, told: own, ...fixed };
    });
    const manuscripts = rewritings.map(({ manuscript }) => manuscript);
    const changed = rewritings.filter(({ cured }) => cured.length > 0);
    return {
      before,
      report: without(renamed, reportOf(before, manuscripts, new Set(told.flatMap(({ history, found }) => (history.isAside ? found.map(({ finding }) => finding) : []))))),
      others: new Map(cureLevels.map((level) => [level, rewritings.reduce((sum, one) => sum + (one.others.get(level) ?? 0), 0)])),
      withheld: [...withheld, ...rewritings.flatMap((one) => one.withheld)],
      changes: changesIn(manuscripts, new Map(rewritings.flatMap(({ told: own }) => own).map(({ migration: { source } }) => [source.path, source.text]))),
      renames,
      leftAlone: leftAlone(before, why),
      afterwards: [...new Set([...afterwards, ...changed.flatMap(({ manuscript: { workshop } }) => workshop.framework.authoring?.afterwards ?? [])])],
      rewritings: changed,
      made: histories.map((history) => madeIn(rewritings.find((one) => one.history === history))),
    };
  });
}

/** A migration of its own each, in a further file or in the same one. */
function madeIn(rewriting: Rewriting | undefined): number {
  if (rewriting === undefined) return 0;
  const linted = (all: readonly Examined[]): number => all.filter(({ migration }) => migration.linted).length;
  return linted(rewriting.manuscript.checked.flatMap(({ examined }) => examined)) - linted(rewriting.told);
}

function leftAlone({ findings }: Report, why: (path: string) => string | undefined): ReadonlyMap<string, string> {
  const paths = [...new Set(findings.map(({ path }) => path))];
  return new Map(paths.flatMap((path) => {
    const reason = why(path);
    return reason === undefined ? [] : [[path, reason] as const];
  }));
}
