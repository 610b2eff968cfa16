// Which statements PostgreSQL refuses inside a transaction block (SQLSTATE 25001).
// Source: the callers of PreventInTransactionBlock() in src/backend.

import type { Catalog } from '../model/catalog.ts';
import type { Change, ChangeOf } from '../model/change.ts';
import type { Statement } from '../model/statement.ts';

const commands: ReadonlySet<string> = new Set([
  'ALTER SYSTEM',
  'CREATE DATABASE',
  'CREATE SUBSCRIPTION',
  'CREATE TABLESPACE',
  'DISCARD ALL',
  'DROP DATABASE',
  'DROP SUBSCRIPTION',
  'DROP TABLESPACE',
  'VACUUM',
  'COMMIT PREPARED',
  'ROLLBACK PREPARED',
]);

/** Where code does not own its transaction, or an EXCEPTION waits behind it. Source: _SPI_commit() in src/backend/executor/spi.c. */
export function endsTransaction(statement: Statement): boolean {
  return statement.kind === 'transaction' && (statement.action.kind === 'commit' || statement.action.kind === 'rollback');
}

export function isRefusedInTransaction(statement: Statement, catalog: Catalog): boolean {
  if (commands.has(statement.command) || refreshesAggregate(statement, catalog)) return true;
  return statement.kind === 'schema' && statement.changes.some((change) => isRefused(change, catalog));
}

/** CALL refresh_continuous_aggregate() of TimescaleDB. Source: continuous_agg_refresh() in tsl/src/continuous_aggs/refresh.c. */
function refreshesAggregate({ command, usage }: Statement, catalog: Catalog): boolean {
  return command === 'CALL' && usage?.calls.some(({ name }) => name.name === 'refresh_continuous_aggregate' && catalog.function(name).length === 0) === true;
}

function isRefused(change: Change, catalog: Catalog): boolean {
  switch (change.kind) {
    case 'create-index':
      return change.concurrently || change.perChunk;
    case 'drop-index':
      return change.concurrently;
    case 'manage-table':
      return change.isRefusedInTransaction;
    case 'reindex':
      return change.concurrently || isOfManyTables(change, catalog);
    case 'repack':
      return change.concurrently || change.analyze || change.table === undefined || catalog.isPartitioned(change.table);
    case 'cluster':
      return change.table === undefined || catalog.isPartitioned(change.table);
    case 'detach-partition':
      return change.mode === 'concurrently';
    default:
      return false;
  }
}

function isOfManyTables({ target, relation }: ChangeOf<'reindex'>, catalog: Catalog): boolean {
  if (relation === undefined || target === 'schema' || target === 'database' || target === 'system') return true;
  const table = target === 'index' ? catalog.tableOfIndex(relation) : relation;
  return table !== 'absent' && table !== 'unknown' && catalog.isPartitioned(table);
}
