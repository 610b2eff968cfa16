// Transactions that a tool opens for a lock alone, while another connection of it does the work, as Flyway and Ecto do.

import { splitStatements } from '../text/split-statements.ts';
import { noteOf } from './note-of.ts';

/** It begins such a transaction, takes the lock or looks into the books: nothing is lost where the transaction is begun anew. */
export function onlyHolds(sql: string): boolean {
  return [...splitStatements(sql)].every(({ start, end }) => holds(sql.slice(start, end)));
}

function holds(statement: string): boolean {
  if (/^(?:BEGIN|START\s+TRANSACTION|LOCK|SHOW)\b/i.test(statement)) return true;
  return /^SELECT\b/i.test(statement) && (/\bpg_(?:try_)?advisory_(?:xact_)?lock\b/i.test(statement) || noteOf({ session: 0, sql: statement }) !== undefined);
}
