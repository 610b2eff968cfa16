// Writes what is generated: the tables and the picture of the README, the JSON schema of the configuration, and the licences of others.
// Run by `npm run generate`.

import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../../rules/index.ts';
import { main } from '../cli/main.ts';
import { historyRules } from '../engine/history-rules.ts';
import { jsonSchema } from '../config/json-schema.ts';
import { configurableRules } from '../project/settings/configurable-rules.ts';
import { withTables } from './rule-table.ts';
import { terminalPicture } from './terminal-picture.ts';
import { bundledPackages, thirdPartyLicenses } from './third-party-licenses.ts';

const metas = [...rules.map(({ meta }) => meta), ...Object.values(historyRules)];
const pictured = 'fixtures/projects/shop/migrations/0006_order_token.sql';

writeFileSync('README.md', withTables(readFileSync('README.md', 'utf8'), metas));
writeFileSync('rules/config.schema.json', `${JSON.stringify(jsonSchema(configurableRules(rules)), undefined, 2)}\n`);
writeFileSync('THIRD-PARTY-LICENSES', thirdPartyLicenses(bundledPackages()));
void takePicture();

async function takePicture(): Promise<void> {
  let output = '';
  const columns = 96;
  await main(['--color', pictured], {
    cwd: process.cwd(),
    env: {},
    isTerminal: true,
    showsProgress: false,
    now: () => 0,
    columns,
    out: (text) => (output += text),
    err: (text) => process.stderr.write(text),
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
  });
  writeFileSync('.github/output.svg', terminalPicture(`pgmigrate-lint ${pictured}`, output, columns));
}
