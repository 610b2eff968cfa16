// The whole way from parsed migrations to a report. Pure; rules and the catalog to begin with are given to it.

import type { Finding, Severity } from '../model/finding.ts';
import type { OpaqueStatement, Report } from '../model/report.ts';
import type { Timeline } from '../model/timeline.ts';
import { culpritOf, isOpaque } from '../model/statement.ts';
import type { PostgresVersion } from '../model/version.ts';
import { judge, type ConfiguredRule } from './judge.ts';
import { behindOf, narrate, opening, type Reached } from './narrate.ts';
import type { History, ParsedMigration } from './parsed-migration.ts';
import { settle, type SeenBefore } from './settle.ts';
import { judgeProblem } from './unread.ts';

export function lint(histories: readonly History[], rules: readonly ConfiguredRule[], version: PostgresVersion): Report {
  const findings: Finding[] = [];
  const opaque: OpaqueStatement[] = [];
  const seen: SeenBefore = new Map();
  const count = { migrations: 0, linted: 0, statements: 0, unparsed: 0 };
  for (const { timeline, migration } of tellAll(histories)) {
    count.migrations += 1;
    if (!migration.linted) continue;
    const { problems } = migration.parsed;
    count.linted += 1;
    count.statements += timeline.steps.length;
    count.unparsed += problems.length;
    const drafts = [...problems.map(judgeProblem), ...judge(timeline, rules)];
    for (const finding of settle(timeline.source, drafts, seen)) findings.push(finding);
    for (const statement of opaqueStatements(timeline)) opaque.push(statement);
  }
  return { postgres: version, summary: { ...count, ...bySeverity(findings), suppressed: 0 }, findings, opaque };
}

export interface ToldMigration {
  readonly migration: ParsedMigration;
  readonly timeline: Timeline;
}

/** Every migration with its timeline, history included, one after the other. */
export function* tellAll(histories: readonly History[]): Generator<ToldMigration> {
  for (const history of histories) yield* tellHistory(history);
}

function* tellHistory({ migrations, start, version, ...scene }: History): Generator<ToldMigration> {
  let reached: Reached = { catalog: start };
  for (const migration of migrations) {
    const { timeline, story } = narrate(migration, opening(migration, reached, scene), version);
    if (migration.direction === 'up') reached = behindOf(migration, story, reached);
    yield { migration, timeline };
  }
}

function bySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}

function opaqueStatements({ source, steps }: Timeline): OpaqueStatement[] {
  return steps.flatMap(({ statement }) =>
    isOpaque(statement)
      ? [{ path: source.path, command: statement.command, culprit: culpritOf(statement), ...source.rangeOf(statement.span) }]
      : [],
  );
}
