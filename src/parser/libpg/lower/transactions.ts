// BEGIN, COMMIT, ROLLBACK and savepoints.

import type { TransactionStmt, TransactionStmtKind } from '@pgsql/types';
import type { TransactionAction } from '../../../model/statement.ts';
import type { StatementBody } from './context.ts';

type LowerTransaction = (node: TransactionStmt) => TransactionAction;

const named =
  (kind: 'savepoint' | 'release' | 'rollback-to'): LowerTransaction =>
  ({ savepoint_name }) => ({ kind, name: savepoint_name ?? '' });

const ending =
  (kind: 'commit' | 'rollback'): LowerTransaction =>
  ({ chain }) => ({ kind, chain: chain === true });

const forms: Readonly<Record<TransactionStmtKind, readonly [command: string, lower: LowerTransaction]>> = {
  TRANS_STMT_BEGIN: ['BEGIN', () => ({ kind: 'begin' })],
  TRANS_STMT_START: ['START TRANSACTION', () => ({ kind: 'begin' })],
  TRANS_STMT_COMMIT: ['COMMIT', ending('commit')],
  TRANS_STMT_ROLLBACK: ['ROLLBACK', ending('rollback')],
  TRANS_STMT_SAVEPOINT: ['SAVEPOINT', named('savepoint')],
  TRANS_STMT_RELEASE: ['RELEASE', named('release')],
  TRANS_STMT_ROLLBACK_TO: ['ROLLBACK', named('rollback-to')],
  TRANS_STMT_PREPARE: ['PREPARE TRANSACTION', () => ({ kind: 'prepare' })],
  TRANS_STMT_COMMIT_PREPARED: ['COMMIT PREPARED', () => ({ kind: 'finish-prepared' })],
  TRANS_STMT_ROLLBACK_PREPARED: ['ROLLBACK PREPARED', () => ({ kind: 'finish-prepared' })],
};

export function lowerTransaction(node: TransactionStmt): StatementBody {
  const [command, lower] = forms[node.kind ?? 'TRANS_STMT_BEGIN'];
  return { kind: 'transaction', command, action: lower(node) };
}
