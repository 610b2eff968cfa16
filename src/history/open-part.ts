// What a tool does before the statements that share a transaction.

import type { TransactionMode } from '../model/migration.ts';
import type { Leaving } from '../model/session.ts';
import { followSettings } from './advance.ts';
import { beginTransaction, endTransaction, type Story } from './story.ts';

export interface OpenedPart {
  readonly mode: TransactionMode;
  /** How many share. */
  readonly statements: number;
  /** See `Transaction`. */
  readonly leaving: Leaving | undefined;
}

/** Ends what the part before it left open. */
export function openPart(story: Story, part: OpenedPart): Story {
  const ended = followSettings(endTransaction({ ...story, isBatch: false }, story));
  return opens[part.mode](ended, part);
}

/** Of one statement in a message, PostgreSQL makes no implicit transaction. Source: exec_simple_query() in src/backend/tcop/postgres.c. */
const opens: Readonly<Record<TransactionMode, (story: Story, part: OpenedPart) => Story>> = {
  file: (story, { leaving }) => beginTransaction(story, 'runner', leaving),
  run: (story, { leaving }) => beginTransaction(story, 'runner', leaving),
  batch: (story, { statements, leaving }) => (statements > 1 ? beginTransaction({ ...story, isBatch: true }, 'batch', leaving) : story),
  statement: (story) => story,
};
