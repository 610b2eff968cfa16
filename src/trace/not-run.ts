// What a trace does not send to a server: it is no SQL yet, would reach further than the database, or never end.

import type { Statement } from '../model/statement.ts';

/** The reason; undefined for what may run. `isThrownAway`: the whole server goes with the trace. */
export function notRun(statement: Statement, sql: string, isThrownAway: boolean): string | undefined {
  const { command, hasPlaceholders } = statement;
  if (hasPlaceholders || (statement.kind === 'opaque' && statement.culprit.cause.kind === 'placeholder')) return 'nobody knows what its placeholders stand for';
  if (sql.startsWith('\\')) return 'psql runs it, and its rows are not sent';
  if (command === 'COPY' && /\bFROM\s+STDIN\b/i.test(sql)) return 'the rows of COPY FROM STDIN are not sent';
  if (command === 'COPY' && /\b(?:FROM|TO)\s+PROGRAM\b/i.test(sql)) return 'it would start a program';
  if (!isThrownAway && serverWide.has(command)) return 'it would change more of the server than this database';
  return undefined;
}

const serverWide: ReadonlySet<string> = new Set([
  'ALTER DATABASE',
  'ALTER ROLE',
  'ALTER SUBSCRIPTION',
  'ALTER SYSTEM',
  'ALTER TABLESPACE',
  'CREATE DATABASE',
  'CREATE ROLE',
  'CREATE SUBSCRIPTION',
  'CREATE TABLESPACE',
  'DROP DATABASE',
  'DROP OWNED',
  'DROP ROLE',
  'DROP SUBSCRIPTION',
  'DROP TABLESPACE',
  'GRANT ROLE',
  'REASSIGN OWNED',
  'REVOKE ROLE',
]);
