// Whether anybody still uses what is to go, as far as a server knows.

import type { Question } from '../../model/plan.ts';
import { literal } from '../hand.ts';
import { asRegclass, type Target } from './target.ts';

/** Statements that name all of these. */
export function useQuestion(names: readonly string[]): Question {
  const conditions = names.map((name) => `position(${literal(name).trim()} IN query) > 0`);
  return {
    kind: 'look',
    shows: `statements that still name ${names.join(' and ')}, behind SELECT pg_stat_statements_reset() and a day with all its jobs (it needs the extension pg_stat_statements)`,
    sql: `SELECT calls, query FROM pg_stat_statements WHERE ${conditions.join(' AND ')} ORDER BY calls DESC`,
  };
}

/** What is counted for the table: asked twice, it shows whether anybody came by. */
export function activityQuestion(target: Target): Question {
  return {
    kind: 'look',
    shows: `how often ${target.sql} was read and written: ask twice, a day apart`,
    sql: `SELECT seq_scan, idx_scan, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_all_tables WHERE relid = ${asRegclass(target)}`,
  };
}
