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
    const isRenaming = /wrapIdentifier|SnakeCaseMappers/.test(configurationOf(migration));
    return { parameters: [knexHandle({ isInTransaction: mode !== 'statement', isRenaming })], transaction: () => mode };
  },
});

function configurationOf({ file }: Migration): string {
  return file.root?.nearest('knexfile.ts', 'knexfile.js', 'knexfile.mjs', 'knexfile.cjs') ?? '';
}

function transactionOf(migration: Migration): TransactionMode {
  const own = entryOf(entryOf(migration.module.exports, 'config'), 'transaction');
  if (own.kind === 'constant' && typeof own.value === 'boolean') return own.value ? 'file' : 'statement';
  return /\bdisableTransactions["']?\s{0,20}:\s{0,20}true\b/.test(configurationOf(migration)) ? 'statement' : 'run';
}
