// Migrations of Knex: up(knex) and down(knex), which return a promise of what they build.
// Source: lib/migrations/migrate/Migrator.js of its source, 3.3: one transaction for all that is pending, unless a migration says
// `exports.config = { transaction: false }` or the configuration says `disableTransactions`.

import type { ReadCode } from '../reading/code-reading.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { entryOf } from '../script/evaluate.ts';
import { readScript, type Migration } from '../script/script-tool.ts';
import { knexHandle } from './knex/handle.ts';

export const knex: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: false,
  way: (migration) => {
    const mode = transactionOf(migration);
    return { parameters: [knexHandle({ isInTransaction: mode !== 'statement' })], transaction: () => mode };
  },
});

function transactionOf({ module, file }: Migration): TransactionMode {
  const own = entryOf(entryOf(module.exports, 'config'), 'transaction');
  if (own.kind === 'constant' && typeof own.value === 'boolean') return own.value ? 'file' : 'statement';
  const configuration = file.root?.nearest('knexfile.ts', 'knexfile.js', 'knexfile.mjs', 'knexfile.cjs') ?? '';
  return /\bdisableTransactions["']?\s{0,20}:\s{0,20}true\b/.test(configuration) ? 'statement' : 'run';
}
