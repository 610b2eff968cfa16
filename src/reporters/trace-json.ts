// `trace --format json`: what a server did because of each statement, for other programs.

import type { TracedMigration, TracedStatement, Trace } from '../model/report.ts';
import { printName } from '../model/names.ts';
import { effectJson } from './effect-json.ts';
import { unreadJson } from './explanation-json.ts';

export function traceJson({ postgres, migrations }: Trace): string {
  return `${JSON.stringify({ version: 1, postgres, migrations: migrations.map(migrationJson) }, undefined, 2)}\n`;
}

function migrationJson({ path, statements, unread }: TracedMigration): object {
  return { path, statements: statements.map(statementJson), ...unreadJson(unread) };
}

/** The fields of `explain`; `lock` is null where it can't be seen. */
function statementJson(statement: TracedStatement): object {
  const { line, column, endLine, endColumn, command, transaction, lockTimeout, effects, blocks, unseenLocks } = statement;
  const unseen = unseenLocks.map(({ relation, work, new: isNew }) => ({
    relation: printName(relation),
    lock: null,
    work,
    new: isNew,
    certainty: 'known',
  }));
  const { error, notRun, differences } = statement;
  return {
    line,
    column,
    endLine,
    endColumn,
    command,
    transaction,
    lockTimeout,
    effects: [...effects.map(effectJson), ...unseen],
    blocks: { reads: blocks.reads, writes: blocks.writes },
    ...(error ? { error } : {}),
    ...(notRun === undefined ? {} : { notRun }),
    ...(differences.length > 0 ? { differences } : {}),
  };
}
