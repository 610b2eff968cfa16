// What a project's migrations send, as its code says it, or as it was recorded: in the same words, so that the two can be compared.

import { rules } from '../../rules/index.ts';
import { tellAll } from '../../src/engine/lint.ts';
import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { WorkspaceOptions } from '../../src/project/options.ts';
import { run } from '../../src/project/run.ts';
import { lintPaths } from '../../src/project/workspace.ts';
import { sqlTokens } from '../../src/text/sql-tokens.ts';

/** `gap`: what is sent there was not read, and a report says so. */
export type Item = ToldStatement | { readonly kind: 'gap' };

export interface ToldStatement {
  readonly kind: 'statement';
  /** With one space between its tokens, and no quotes around names that need none. */
  readonly sql: string;
  /** `own`, `forbidden`, or the number of the transaction that it is in. */
  readonly transaction: string;
  readonly isConditional: boolean;
}

export interface Told {
  /** By the path of the migration's file, in the order in which they run. */
  readonly migrations: ReadonlyMap<string, readonly Item[]>;
  /** By the path: the rule and the message of each finding. */
  readonly findings: ReadonlyMap<string, readonly string[]>;
}

export async function told(options: WorkspaceOptions): Promise<Told> {
  const { result: migrations } = await run([], options, rules, (histories) => {
    const all = new Map<string, Item[]>();
    for (const { migration, timeline } of tellAll(histories)) {
      if (migration.direction !== 'up') continue;
      const items = itemsOf(migration, timeline.steps);
      all.set(migration.source.path, [...(all.get(migration.source.path) ?? []), ...items]);
    }
    return all;
  });
  const { result: report } = await lintPaths([], options, rules);
  const findings = new Map<string, string[]>();
  for (const { rule, path, message } of report.findings) findings.set(path, [...(findings.get(path) ?? []), `${rule}: ${message}`]);
  return { migrations, findings };
}

function itemsOf({ source, parsed }: ParsedMigration, steps: readonly Step[]): readonly Item[] {
  const gaps = parsed.problems.map(({ span }) => ({ at: span.start, item: { kind: 'gap' } as const }));
  const statements = steps
    .filter(({ statement }) => statement.kind !== 'transaction')
    .map((step) => ({ at: step.statement.span.start, item: statementOf(step, source.slice(step.statement.span)) }));
  return [...gaps, ...statements].toSorted((left, right) => left.at - right.at).map(({ item }) => item);
}

function statementOf({ statement, transaction, session }: Step, text: string): ToldStatement {
  const place = transaction === 'inside' ? String(session.transaction?.since) : transaction;
  return { kind: 'statement', sql: plain(text), transaction: place, isConditional: statement.isConditional === true };
}

function plain(sql: string): string {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'comment');
  return tokens.map(({ start, end }) => sql.slice(start, end).replace(/^"([a-z_][a-z0-9_]*)"$/, '$1')).join(' ');
}
