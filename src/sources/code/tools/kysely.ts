// Migrations of Kysely: up(db) and down(db).
// Source: src/migration/migrator.ts, src/raw-builder/sql.ts and raw-builder.ts of its source, 0.28: one transaction for all that is pending,
// unless the Migrator is made with `disableTransactions`.

import type { TransactionMode } from '../../../model/migration.ts';
import type { CodeText, ReadCode } from '../reading/code-reading.ts';
import { handleOf } from '../script/handles.ts';
import { readScript } from '../script/script-tool.ts';
import type { Handle } from '../script/value.ts';
import { databaseOf } from './kysely/database.ts';
import { compiledQuery, sqlTag } from './kysely/sql-tag.ts';

export const kysely: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: false,
  imports: (module, name) => (module === 'kysely' ? brought(name) : undefined),
  way: ({ file }) => {
    const mode = modeOf(file);
    return { parameters: [databaseOf({ isInTransaction: mode !== 'statement' })], transaction: () => mode };
  },
});

function brought(name: string): Handle | undefined {
  if (name === 'sql') return sqlTag;
  if (name === 'CompiledQuery') return compiledQuery;
  return name === '*' ? handleOf({ properties: { sql: () => sqlTag, CompiledQuery: () => compiledQuery } }) : undefined;
}

function modeOf({ root }: CodeText): TransactionMode {
  const configuration = root?.nearest('kysely.config.ts', 'kysely.config.js', 'kysely.config.mts', '.config/kysely.config.ts') ?? '';
  return /\bdisableTransactions["']?\s{0,20}:\s{0,20}true\b/.test(configuration) ? 'statement' : 'run';
}
