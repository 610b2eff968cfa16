// Migrations of TypeORM: a class with up(queryRunner) and down(queryRunner).
// Source: src/migration/MigrationExecutor.ts and src/query-runner/QueryRunner.ts of its source, 0.3.

import type { TransactionMode } from '../../../model/migration.ts';
import type { CodeText, ReadCode } from '../reading/code-reading.ts';
import { asks, handleOf, sends, sendsWords } from '../script/handles.ts';
import { readScript } from '../script/script-tool.ts';
import type { Handle, MadeRecord } from '../script/value.ts';

export const typeorm: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: true,
  way: ({ home, file }) => ({ parameters: [queryRunner()], transaction: () => transactionOf(home, file) }),
});

function transactionOf({ entries }: MadeRecord, { root }: CodeText): TransactionMode {
  const own = entries.get('transaction');
  if (own?.kind === 'constant' && typeof own.value === 'boolean') return own.value ? 'file' : 'statement';
  return modeOf(root?.nearest('data-source.ts', 'ormconfig.ts', 'ormconfig.js', 'ormconfig.json', 'src/data-source.ts') ?? '');
}

/** "all" is what holds where nobody says anything else. */
function modeOf(configuration: string): TransactionMode {
  const mode = /["']?migrationsTransactionMode["']?\s*:\s*["'](all|each|none)["']/.exec(configuration)?.[1];
  return mode === 'each' ? 'file' : mode === 'none' ? 'statement' : 'run';
}

function queryRunner(): Handle {
  const runner: Handle = handleOf({
    properties: { manager: () => manager, connection: () => manager },
    methods: {
      query: sends,
      startTransaction: sendsWords('BEGIN'),
      commitTransaction: sendsWords('COMMIT'),
      rollbackTransaction: sendsWords('ROLLBACK'),
      hasTable: asks,
      hasColumn: asks,
      hasSchema: asks,
      hasDatabase: asks,
      getTable: asks,
      getTables: asks,
      getView: asks,
      getViews: asks,
      getDatabases: asks,
      getSchemas: asks,
      getCurrentSchema: asks,
      getCurrentDatabase: asks,
    },
  });
  const manager: Handle = handleOf({ properties: { connection: () => manager, queryRunner: () => runner, dataSource: () => manager }, methods: { query: sends } });
  return runner;
}
