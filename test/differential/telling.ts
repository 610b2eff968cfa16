// A history as we tell it: what we claim of the next statement, and the story behind it.

import { firstRefusal, type FirstRefusal } from '../../src/engine/first-refusal.ts';
import { judge, type ConfiguredRule } from '../../src/engine/judge.ts';
import { narrate, tell } from '../../src/engine/narrate.ts';
import type { Story } from '../../src/history/story.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { rules } from '../../rules/index.ts';

export interface Claim {
  readonly statement: Statement;
  readonly step: Step;
  /** Rules that say that PostgreSQL refuses it, with their message. */
  readonly refusals: readonly string[];
  /** The SQLSTATE that PostgreSQL answers with first, where we tell which: none where it may be one of several. */
  readonly first: FirstRefusal | undefined;
  /** Behind it, if PostgreSQL runs it. */
  readonly story: Story;
}

/** `sql` is one statement; undefined where we can't read it. A migration ends behind its last statement, a session goes on, and so does a transaction. */
export function claimOf(sql: string, story: Story, version: PostgresVersion, parser: Parser): Claim | undefined {
  const source = new SourceText('next.sql', sql);
  const parsed = parser.parse(source);
  const [statement] = parsed.statements;
  if (parsed.problems.length > 0 || parsed.statements.length !== 1 || statement === undefined) return undefined;
  const isInBlock = story.session.transaction !== undefined;
  const migration = {
    source,
    parsed,
    linted: true,
    parts: isInBlock ? [] : [{ spans: [{ start: 0, end: source.text.length }], transaction: 'statement' as const }],
    direction: 'up' as const,
    joins: 'nothing' as const,
    runs: 'once' as const,
    goesOn: true,
    isRunKnown: true,
    leaving: undefined,
    tool: 'psql',
  };
  const told = tell(statement, story, version);
  const { drafts, failures } = judge(narrate(migration, { ...story, isContinued: true }, version, { kind: 'option' }).timeline, certain);
  if (failures[0]) throw failures[0].cause;
  const refusals = drafts.filter(({ draft, rule }) => isCertain(draft.atMost, rule.severity)).map(({ draft }) => `${draft.rule}: ${draft.message}`);
  return { statement, step: told.step, refusals, first: firstRefusal(told.step), story: told.story };
}

/** What is milder than an error is not certain. */
function isCertain(atMost: string | undefined, severity: string): boolean {
  return severity === 'error' && (atMost === undefined || atMost === 'error');
}

/** Rules that say that PostgreSQL refuses a statement on every database with this history. */
function isOfRefusals(id: string): boolean {
  return id.startsWith('impossible-') || alwaysRefused.has(id);
}

const alwaysRefused: ReadonlySet<string> = new Set([
  'concurrent-index-on-partitioned-table', 'enum-value-used-early', 'existing-object', 'missing-object', 'object-in-use', 'unsupported-by-version',
]);

const certain: readonly ConfiguredRule[] = rules
  .filter(({ meta }) => isOfRefusals(meta.id))
  .map((rule) => ({ rule, severity: 'error', options: {} }));
