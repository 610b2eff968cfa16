// `npm run cured-histories -- [--versions 18] [--most N] PATH…`: each migration of each history, taken as though it were the new one: what is
// found in it, what would be cured and by which level, what is withheld and why; and whether PostgreSQL takes what cures write, with the same schema behind it.

import { parseArgs } from 'node:util';
import { isPostgresVersion } from '../../src/model/version.ts';
import { rules } from '../../rules/index.ts';
import { withServer } from '../postgres/servers.mjs';
import { casesIn } from './cases.ts';
import { tryCases } from './try-cases.ts';
import { emptyTally, printTally } from './tally.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { versions: { type: 'string', default: '18' }, most: { type: 'string', default: '1000' }, show: { type: 'string', default: '1' } },
});

async function main(): Promise<void> {
  const tally = emptyTally();
  for (const version of values.versions.split(',').map(Number)) {
    if (!isPostgresVersion(version)) throw new Error(`${version} is no version that is known`);
    await withServer(version, async ({ port }) => {
      for (const path of positionals) {
        const cases = await casesIn(path, version, rules, Number(values.most));
        await tryCases(cases, { port, version, tally, examples: Number(values.show), say: (text) => console.log(text) });
      }
    });
    console.log(printTally(version, tally));
  }
  if (tally.wrong.size > 0) process.exitCode = 1;
}

await main();
