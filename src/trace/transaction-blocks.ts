// Which transactions of a migration have to be run in one piece.

import type { TransactionMode } from '../model/migration.ts';
import type { Statement } from '../model/statement.ts';

/** The statements of all blocks that are rolled back, or hold savepoints; a block that nothing ends is rolled back. */
export function blocksKeptTogether(statements: readonly Statement[], transaction: TransactionMode): ReadonlySet<Statement> {
  const kept = new Set<Statement>();
  let block: Statement[] | undefined;
  for (const statement of statements) {
    const action = statement.kind === 'transaction' ? statement.action.kind : undefined;
    if (action === 'begin' && transaction === 'statement') block ??= [];
    block?.push(statement);
    if (block === undefined || !isEnd(action)) continue;
    if (block.some(isKeeping)) for (const one of block) kept.add(one);
    block = undefined;
  }
  return kept;
}

function isEnd(action: string | undefined): boolean {
  return action === 'commit' || action === 'rollback' || action === 'prepare';
}

function isKeeping(statement: Statement): boolean {
  return statement.kind === 'transaction' && ['rollback', 'savepoint', 'rollback-to'].includes(statement.action.kind);
}
