// The whole way from parsed migrations to a report. Pure; rules and the catalog to begin with are given to it.

import type { Finding, Severity } from '../model/finding.ts';
import type { Report, RuleFailure } from '../model/report.ts';
import type { Timeline } from '../model/timeline.ts';
import { oldestOf, type StatedVersion } from '../model/version.ts';
import { judge } from './judge.ts';
import { behindOf, narrate, opening, type Reached } from './narrate.ts';
import type { History, ParsedMigration } from './parsed-migration.ts';
import { settle, type SeenBefore, type SettledFinding, type Settlement } from './settle.ts';
import { suppress, type JudgedMigration, type Ruling } from './suppress.ts';
import { judgeProblems, judgeUnchecked, unreadIn } from './unread.ts';

/** What a run lints with. */
export interface Judgement extends Settlement {
  /** What is said where there is no history. */
  readonly stated: StatedVersion;
  readonly rulingOn: (migration: Pick<ParsedMigration, 'source' | 'direction' | 'parts'>) => Ruling;
}

/** A migration that was told, with all that it takes to tell it once more. Of history, nothing is found. */
export interface Examined extends ToldMigration {
  readonly found: readonly SettledFinding[];
}

/** `hear`: is told of each migration, in their order. */
export function lint(histories: readonly History[], judgement: Judgement, hear?: (examined: Examined) => void): Report {
  const settled: SettledFinding[] = [];
  const besideNew: Finding[] = [];
  const failures: RuleFailure[] = [];
  const seen: SeenBefore = new Map();
  const count = { migrations: histories.reduce((sum, { told = 0 }) => sum + told, 0), linted: 0, statements: 0, unparsed: 0 };
  for (const text of byText(tellAll(histories))) {
    const isAside = text[0]?.history.isAside === true;
    if (!isAside) count.migrations += text.length;
    if (!text.some(({ migration }) => migration.linted)) {
      for (const told of text) hear?.({ ...told, found: [] });
      continue;
    }
    const judged = text.map((told) => judgeMigration(told, judgement, failures));
    for (const [index, drafts] of suppress(judged).entries()) {
      const { timeline, migration, history, reached } = text[index] ?? {};
      const { ruling } = judged[index] ?? {};
      if (timeline === undefined || migration === undefined || history === undefined || reached === undefined || ruling === undefined) continue;
      const { problems } = migration.parsed;
      const all = [...judgeProblems(problems, ruling.unread).fixed, ...drafts];
      const found = settle(migration, all, seen, judgement);
      if (!migration.linted) {
        for (const { finding } of found) besideNew.push(finding);
        hear?.({ history, migration, timeline, reached, found: [] });
        continue;
      }
      if (!isAside) count.linted += 1;
      count.statements += timeline.steps.length;
      count.unparsed += unreadIn(problems).length;
      for (const finding of found) settled.push(finding);
      hear?.({ history, migration, timeline, reached, found });
    }
  }
  const findings = settled.filter(({ suppression }) => suppression === undefined).map(({ finding }) => finding);
  const suppressed = settled.flatMap(({ finding, suppression }) => (suppression ? [{ finding, suppression }] : []));
  const summary = { ...count, ...bySeverity(findings), suppressed: suppressed.length };
  const { version: postgres, versionSource } = oldestOf(histories) ?? judgement.stated;
  return { postgres, versionSource, summary, findings, suppressed, besideNew, failures };
}

/** Where some of a text are linted, all are judged: a comment at its top speaks of all, and equal findings are told apart by their order. Adds to `failures`. */
function judgeMigration({ migration, timeline }: ToldMigration, { rulingOn }: Judgement, failures: RuleFailure[]): JudgedMigration {
  const ruling = rulingOn(migration);
  const judged = judge(timeline, ruling.rules);
  failures.push(...judged.failures);
  return { migration, ruling, drafts: [...judged.drafts, ...judgeProblems(migration.parsed.problems, ruling.unread).open, ...judgeUnchecked(timeline, ruling.unread)] };
}

/** The migrations of one text stand behind each other. */
function* byText(told: Iterable<ToldMigration>): Generator<readonly ToldMigration[]> {
  let text: ToldMigration[] = [];
  for (const one of told) {
    if (text.length > 0 && text[0]?.migration.source !== one.migration.source) {
      yield text;
      text = [];
    }
    text.push(one);
  }
  if (text.length > 0) yield text;
}

export interface ToldMigration {
  readonly migration: ParsedMigration;
  readonly timeline: Timeline;
  readonly history: History;
  /** How far the history was told before it. */
  readonly reached: Reached;
}

/** Every migration with its timeline, history included, one after the other. */
export function* tellAll(histories: readonly History[]): Generator<ToldMigration> {
  for (const history of histories) yield* tellHistory(history);
}

function* tellHistory(history: History): Generator<ToldMigration> {
  const { migrations, start, told = 0, onHistoryTold, onTold, version, versionSource, ...scene } = history;
  let reached = history.reached ?? { catalog: start };
  let count = told;
  let isHistory = true;
  for (const migration of migrations) {
    const isOfNewFile = migration.linted || migration.isBesideNew === true;
    if (isHistory && isOfNewFile) onHistoryTold?.(reached.catalog, count);
    isHistory &&= !isOfNewFile;
    count += 1;
    const { timeline, story } = narrate(migration, opening(migration, reached, scene), version, versionSource);
    yield { migration, timeline, history, reached };
    if (migration.direction !== 'up') continue;
    reached = behindOf(migration, story, reached);
    onTold?.(migration, timeline, reached.catalog);
  }
}

function bySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}
