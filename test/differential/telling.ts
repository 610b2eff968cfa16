// A history as we tell it: what we claim of the next statement, and the catalog behind it.

import { judge, type ConfiguredRule } from '../../src/engine/judge.ts';
import { narrate } from '../../src/engine/narrate.ts';
import { openMigration } from '../../src/history/story.ts';
import { Catalog } from '../../src/model/catalog.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { rules } from '../../rules/index.ts';

export interface Claim {
  /** Undefined: we can't read it. */
  readonly step: Step | undefined;
  /** Rules that say that PostgreSQL refuses it, with their message. */
  readonly refusals: readonly string[];
  /** Behind it, if PostgreSQL runs it. */
  readonly catalog: Catalog;
}

/** Each statement is a migration of its own. */
export function claimOf(sql: string, catalog: Catalog, version: PostgresVersion, parser: Parser): Claim {
  const source = new SourceText('next.sql', sql);
  const parsed = parser.parse(source);
  const span = { start: 0, end: source.text.length };
  const migration = {
    source,
    parsed,
    linted: true,
    parts: [{ spans: [span], transaction: 'statement' as const }],
    direction: 'up' as const,
    joins: 'nothing' as const,
    runs: 'once' as const,
    goesOn: false,
    isRunKnown: true,
    leaving: undefined,
    tool: 'psql',
  };
  const { timeline, story } = narrate(migration, openMigration(catalog, { settings: new Map(), newTables: 'migration' }), version, { kind: 'option' });
  const { drafts, failures } = judge(timeline, certain);
  if (failures[0]) throw failures[0].cause;
  const refusals = drafts.filter(({ draft }) => draft.atMost === undefined).map(({ draft }) => `${draft.rule}: ${draft.message}`);
  const isRead = parsed.problems.length === 0 && timeline.steps.length === 1;
  return { step: isRead ? timeline.steps[0] : undefined, refusals, catalog: story.catalog };
}

const alwaysRefused: ReadonlySet<string> = new Set([
  'missing-object',
  'unsupported-by-version',
  'impossible-action',
  'impossible-column',
  'impossible-key',
  'impossible-partition',
  'impossible-replacement',
]);

const certain: readonly ConfiguredRule[] = rules
  .filter(({ meta }) => alwaysRefused.has(meta.id))
  .map((rule) => ({ rule, severity: 'error', options: {} }));
