// `trace --format json`: what a server did because of each statement, for other programs.

import type { TracedMigration, TracedStatement, Trace } from '../model/report.ts';
import { printName } from '../model/names.ts';
import { printJson } from './print-json.ts';
import { nameJson, toldJson, unreadJson } from './explanation-json.ts';

export function traceJson({ postgres, migrations }: Trace): string {
  return printJson({ version: 1, postgres, migrations: migrations.map(migrationJson) });
}

function migrationJson({ path, name, statements, unread }: TracedMigration): object {
  return { path, ...nameJson(name), statements: statements.map(statementJson), ...unreadJson(unread) };
}

/** The fields of `explain`; `lock` is null where it can't be seen. */
function statementJson(statement: TracedStatement): object {
  const { unseenLocks, error, notRun, differences } = statement;
  const told = toldJson(statement);
  const unseen = unseenLocks.map(({ relation, work, new: isNew }) => ({
    relation: printName(relation),
    lock: null,
    work,
    new: isNew,
    certainty: 'known',
  }));
  return {
    ...told,
    effects: [...told.effects, ...unseen],
    ...(error ? { error } : {}),
    ...(notRun === undefined ? {} : { notRun }),
    ...(differences.length > 0 ? { differences } : {}),
  };
}
