// What a trace does not send to a server: it is no SQL yet, would reach further than the database, or never end.

import { runsIn } from '../model/block.ts';
import type { Outreach, Statement } from '../model/statement.ts';

/**
 * What keeps a statement from the rest of the server: `process`, the whole server goes with the trace · `role`, it runs as a role that may
 * do nothing there · `nothing`.
 */
export type Confinement = 'process' | 'role' | 'nothing';

/** The reason; undefined for what may run. */
export function notRun(statement: Statement, sql: string, confinement: Confinement): string | undefined {
  const { command, hasPlaceholders } = statement;
  if (hasPlaceholders || (statement.kind === 'opaque' && statement.culprit.cause.kind === 'placeholder')) return 'nobody knows what its placeholders stand for';
  if (sql.startsWith('\\')) return 'psql runs it, and its rows are not sent';
  if (command === 'COPY' && isOfGivenRows(statement) && statement.outreach === undefined) return 'the rows of COPY FROM STDIN are not sent';
  const outreach = outreachOf(statement);
  if (outreach !== undefined) return isStopped[confinement](outreach) ? reasons[outreach] : undefined;
  const nested = statement.kind === 'block' && confinement !== 'role' ? runsIn(statement.body) : [];
  return nested.map((one) => notRun(one, '', confinement)).find((reason) => reason !== undefined);
}

function isOfGivenRows(statement: Statement): boolean {
  return statement.kind === 'data' && statement.actions.at(-1)?.verb === 'copy';
}

const isStopped: Readonly<Record<Confinement, (outreach: Outreach) => boolean>> = {
  process: (outreach) => outreach === 'program',
  role: () => true,
  nothing: () => true,
};

const reasons: Readonly<Record<Outreach, string>> = {
  program: 'it would start a program on the server',
  file: 'it would read or write a file of the server',
  server: 'it would change more of the server than this database',
};

function outreachOf({ outreach, command }: Statement): Outreach | undefined {
  return outreach ?? (serverWide.has(command) ? 'server' : undefined);
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
