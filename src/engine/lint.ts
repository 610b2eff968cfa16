// The whole way from parsed migrations to a report. Pure; rules and the catalog to begin with are given to it.

import type { Runner } from '../history/story.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { OpaqueStatement, Report } from '../model/report.ts';
import type { Timeline } from '../model/timeline.ts';
import type { PostgresVersion } from '../model/version.ts';
import type { ParsedText } from '../parser/parser.ts';
import type { SourceText } from '../text/source-text.ts';
import { judge, type ConfiguredRule } from './judge.ts';
import { narrate } from './narrate.ts';
import { settle } from './settle.ts';
import { judgeProblem } from './unread.ts';

export interface ParsedMigration {
  readonly source: SourceText;
  readonly parsed: ParsedText;
  /** False: it is history, and only replayed. */
  readonly linted: boolean;
}

/** Migrations that build on each other, oldest first, read one by one. */
export interface History {
  readonly migrations: Iterable<ParsedMigration>;
  readonly start: Catalog;
  readonly runner: Runner;
}

export function lint(histories: readonly History[], rules: readonly ConfiguredRule[], version: PostgresVersion): Report {
  const findings: Finding[] = [];
  const opaque: OpaqueStatement[] = [];
  const count = { migrations: 0, linted: 0, statements: 0, unparsed: 0 };
  for (const { timeline, migration } of tellAll(histories, version)) {
    count.migrations += 1;
    if (!migration.linted) continue;
    const { problems } = migration.parsed;
    count.linted += 1;
    count.statements += timeline.steps.length;
    count.unparsed += problems.length;
    for (const finding of settle(timeline.source, [...problems.map(judgeProblem), ...judge(timeline, rules)])) findings.push(finding);
    for (const statement of opaqueStatements(timeline)) opaque.push(statement);
  }
  return { postgres: version, summary: { ...count, ...bySeverity(findings), suppressed: 0 }, findings, opaque };
}

export interface ToldMigration {
  readonly migration: ParsedMigration;
  readonly timeline: Timeline;
}

/** Every migration with its timeline, history included, one after the other. */
export function* tellAll(histories: readonly History[], version: PostgresVersion): Generator<ToldMigration> {
  for (const { migrations, start, runner } of histories) {
    let catalog = start;
    for (const migration of migrations) {
      const told = narrate(migration.source, migration.parsed.statements, catalog, runner, version);
      catalog = told.catalog;
      yield { migration, timeline: told.timeline };
    }
  }
}

function bySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}

function opaqueStatements({ source, steps }: Timeline): OpaqueStatement[] {
  return steps.flatMap(({ statement }) =>
    statement.kind === 'opaque' ? [{ path: source.path, command: statement.command, ...source.rangeOf(statement.span) }] : [],
  );
}
