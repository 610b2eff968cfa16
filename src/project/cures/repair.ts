// Lints the files of a project, and cures what is found in those that are new. Nothing is written here.

import { isCurable, levelsOf } from '../../cure/index.ts';
import { lint, type Examined } from '../../engine/lint.ts';
import type { History } from '../../engine/parsed-migration.ts';
import { cureLevels, type CureLevel } from '../../model/cure.ts';
import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import { judgementAt, knownAt } from '../judgement-at.ts';
import type { WorkspaceOptions } from '../options.ts';
import { run, type Run } from '../run.ts';
import { changesIn, type FileChange } from './changes.ts';
import { manuscriptOf, type Manuscript } from './documents.ts';
import { untouchable } from './untouchable.ts';
import { fixAll, type Wish, type WithheldCure } from './fix-all.ts';
import { reportOf } from './report-of.ts';

export { isCurable, levelsOf };

export interface Repaired {
  /** Of what there was. */
  readonly before: Report;
  /** Of what is left. */
  readonly report: Report;
  /** What more could be cured, by the level that it takes. */
  readonly others: ReadonlyMap<CureLevel, number>;
  readonly withheld: readonly WithheldCure[];
  readonly changes: readonly FileChange[];
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
  return run(paths, options, rules, async (histories, site, workshops) => {
    const guard = untouchable(site);
    const judgement = judgementAt(site, await knownAt(site));
    const told: Examined[] = [];
    const before = lint(histories, judgement, (one) => told.push(one));
    const linted = new Set(told.flatMap(({ migration }) => (migration.linted ? [migration.source.path] : [])));
    guard.refuseIfNone(linted);
    const history = new Set(told.flatMap(({ migration }) => (migration.isBesideNew === true ? [migration.source.path] : [])));
    const why = (path: string): string | undefined => guard.why(path, history.has(path) && linted.has(path));
    const isStdin = (path: string): boolean => path === (options.stdin?.path ?? '<stdin>');
    const mayAdd = (path: string): boolean => options.stdin === undefined || !isStdin(path);
    // What a rule with a bug does not say, nobody can hold against what would be written.
    const judged = before.failures.length > 0 ? [] : [...workshops];
    const rewritings = judged.map(([history, workshop]) => {
      const own = told.filter((one) => one.history === history);
      const fixed = fixAll(manuscriptOf(own, workshop, judgement), { ...wish, mayAdd, mayEdit: (path) => why(path) === undefined, whyKept: guard.whyKept });
      return { history, told: own, ...fixed };
    });
    const manuscripts = rewritings.map(({ manuscript }) => manuscript);
    const changed = rewritings.filter(({ cured }) => cured.length > 0);
    return {
      before,
      report: reportOf(before, manuscripts),
      others: new Map(cureLevels.map((level) => [level, rewritings.reduce((sum, one) => sum + (one.others.get(level) ?? 0), 0)])),
      withheld: rewritings.flatMap(({ withheld }) => withheld),
      changes: changesIn(manuscripts, new Map(rewritings.flatMap(({ told: own }) => own).map(({ migration: { source } }) => [source.path, source.text]))),
      leftAlone: leftAlone(before, why),
      afterwards: [...new Set(changed.flatMap(({ manuscript: { workshop } }) => workshop.framework.authoring?.afterwards ?? []))],
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
