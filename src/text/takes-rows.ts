// Whether SQL asks a client for rows: COPY … FROM stdin.

import { CopyHead } from './copy-head.ts';
import { splitStatements } from './split-statements.ts';
import { sqlTokens } from './sql-tokens.ts';

export function takesRows(sql: string): boolean {
  if (!/\bcopy\b/i.test(sql)) return false;
  const head = new CopyHead(sql);
  for (const { start, end } of splitStatements(sql)) {
    head.begin();
    for (const token of sqlTokens(sql, start, end)) head.follow(token);
    if (head.takesRows) return true;
  }
  return false;
}
