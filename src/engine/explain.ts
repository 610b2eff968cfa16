// What each statement will do, without a judgement.

import { stopsReaders, stopsWriters } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import type { ExplainedMigration, ExplainedStatement, Explanation } from '../model/report.ts';
import { printDuration, timeoutInForce } from '../model/session.ts';
import type { Step } from '../model/timeline.ts';
import { oldestOf, type StatedVersion } from '../model/version.ts';
import { opaqueIn } from '../model/statement.ts';
import type { SourceText } from '../text/source-text.ts';
import { firstRefusal } from './first-refusal.ts';
import { tellAll } from './lint.ts';
import { inFiles } from './in-files.ts';
import type { History } from './parsed-migration.ts';
import { SharedTransactions } from './shared-transactions.ts';

/** `stated`: what is said where there is no history. */
export function explain(histories: readonly History[], stated: StatedVersion): Explanation {
  const migrations: ExplainedMigration[] = [];
  const shared = new SharedTransactions();
  for (const { migration, timeline } of tellAll(histories)) {
    const { source, steps } = timeline;
    const statements = steps.map((step) => ({ ...explainStep(step, source), sharedTransaction: shared.numberOf(step, migration) }));
    if (migration.linted) for (const told of inFiles(migration, statements)) migrations.push({ ...told, name: migration.name, tool: migration.tool });
  }
  const { version: postgres, versionSource } = oldestOf(histories) ?? stated;
  return { postgres, versionSource, migrations };
}

/** What is claimed about one statement. */
export function explainStep(step: Step, source: SourceText): ExplainedStatement {
  const { statement, session, transaction } = step;
  const timeout = timeoutInForce(session, 'lock_timeout');
  const effects = step.effects.filter(({ lock }) => lock !== 'ACCESS SHARE' && lock !== 'ROW SHARE');
  const opaque = opaqueIn(statement);
  const inUse = effects.filter((effect) => !effect.new);
  return {
    command: statement.command,
    transaction,
    action: statement.kind === 'transaction' ? statement.action : undefined,
    lockTimeout: typeof timeout === 'number' ? printDuration(timeout) : null,
    effects,
    blocks: {
      reads: inUse.filter(stopsReaders).map(({ relation }) => printName(relation)),
      writes: inUse.filter(stopsWriters).map(({ relation }) => printName(relation)),
    },
    opaque: opaque !== undefined,
    culprit: opaque?.culprit,
    refusal: firstRefusal(step),
    ...source.rangeOf(statement.span),
  };
}
