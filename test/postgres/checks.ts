// What checks of a command on a server share.

import type { Connection } from '../../src/trace/connection.ts';

/** The sentences that do not hold. */
export function failed(checks: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(checks).flatMap(([sentence, holds]) => (holds ? [] : [`not so: ${sentence}`]));
}

/** Whom the server lets in from now on: lines of pg_hba.conf. */
export async function admitBy(admin: Connection, lines: readonly string[]): Promise<void> {
  const [row] = await admin.rows<{ readonly file: string }>("SELECT current_setting('hba_file') AS file");
  await admin.run(`COPY (SELECT unnest(ARRAY['${lines.join("', '")}'])) TO '${row?.file}'`);
  await admin.run('SELECT pg_reload_conf()');
  await admin.run('SELECT pg_sleep(0.3)');
}
