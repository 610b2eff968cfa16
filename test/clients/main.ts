// `npm run clients -- [--only knex,typeorm]`: real migration tools run projects of their own under `record`, and what they send is compared with
// what is read of the projects' files: statements, transactions and findings.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosenClients, type Client } from './clients.ts';
import { compare, type Comparison } from './compare.ts';
import { play } from './play.ts';
import { told } from './told.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });

async function compared(client: Client): Promise<Comparison> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  try {
    const recording = play(client, folder);
    return compare(await told({ cwd: folder }), await told({ cwd: folder, recording }), client.itsOwn);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one client has come to, in lines; the run fails where something differs, or where the client does. */
async function report(client: Client): Promise<readonly string[]> {
  const { migrations, sent, same, named, findings, beside, differences } = await compared(client);
  const sum = `${migrations} migrations, ${sent} statements sent, ${same} read as they are, ${named} named as not read; ${findings} findings equal, ${beside} beside what is not read`;
  if (differences.length > 0) process.exitCode = 1;
  return [`${client.name}: ${sum}`, ...differences.map((difference) => `  ${difference}`)];
}

for (const client of chosenClients(values.only)) {
  const lines = await report(client).catch((error: unknown) => {
    process.exitCode = 1;
    return [`${client.name}: ${error instanceof Error ? error.message : String(error)}`];
  });
  console.log(lines.join('\n'));
}
