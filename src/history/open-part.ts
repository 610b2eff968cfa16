// What a tool does before the statements that share a transaction.

import type { TransactionMode } from '../model/migration.ts';
import { followSettings } from './advance.ts';
import { beginTransaction, endTransaction, type Story } from './story.ts';

/** Ends what the part before it left open. `statements`: how many of them share. */
export function openPart(story: Story, mode: TransactionMode, statements: number): Story {
  const ended = followSettings(endTransaction({ ...story, isBatch: false }, story));
  return opens[mode](ended, statements);
}

/** Of one statement in a message, PostgreSQL makes no implicit transaction. Source: exec_simple_query() in src/backend/tcop/postgres.c. */
const opens: Readonly<Record<TransactionMode, (story: Story, statements: number) => Story>> = {
  file: (story) => beginTransaction(story, 'runner'),
  run: (story) => beginTransaction(story, 'runner'),
  batch: (story, statements) => (statements > 1 ? beginTransaction({ ...story, isBatch: true }, 'batch') : story),
  statement: (story) => story,
};
