// Atlas: 1_x.sql beside atlas.sum; it also runs directories in the formats of other tools. Source: atlasgo.io/versioned/apply.

import { dialectOf } from '../../../model/dialect.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { cutAtLines, uncut } from '../files/cut.ts';
import { dbmate } from './dbmate.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { goose } from './goose.ts';
import { byName } from '../files/places.ts';

export const atlas: Framework = {
  name: 'atlas',
  title: 'Atlas',
  dialect: () => dialectOf('Atlas', ['go']),
  leaving: 'a file of its own that begins with -- atlas:txmode none',
  layout: 'flat',
  rootOf: (directory) => (directory.has('atlas.sum') ? directory : undefined),
  readsOthers: true,
  evidence: {
    runs: /\batlas\s+migrate\s+apply\b|\bariga\/atlas-(?:deploy-action|action\/migrate\/apply)\b|\bkind:\s*AtlasMigration\b|\bMigrateApply(?:Slice)?\(/,
    uses: /^\s*format\s*=\s*"?(?:goose|dbmate|flyway|golang-migrate|liquibase)\b/,
  },
  transaction: () => 'file',
  remembers: 'number',
  places: () => byName,
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'atlas.hcl'), 'whole'),
};

/** Several files in one, with checks and the way down. */
const archive = { up: /^-- (?!down\.sql)\S+\.sql --[ \t]*\r?$/gm, down: /^-- down\.sql --[ \t]*\r?$/gm };

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const isWithout = /^--[ \t]*atlas:txmode[ \t]+none\b/m.test(file.text);
  const mode = isWithout ? 'statement' : transaction;
  const others = [cutAtLines(file, archive, { up: mode, down: mode }), ...[goose, dbmate].map((format) => format.cut(file, mode))];
  return others.find(({ down }) => down.length > 0) ?? uncut(file, mode);
}
