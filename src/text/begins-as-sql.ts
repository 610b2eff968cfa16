// Whether a text may be SQL, by how it begins: a line of what is none is never shown by who did not ask for it.

import { skipTrivia } from './sql-tokens.ts';

/** Commands of PostgreSQL, what psql takes for itself, placeholders, and nothing at all. */
export function beginsAsSql(text: string): boolean {
  const start = skipTrivia(text, 0, text.length);
  const word = /^[A-Za-z]+(?![\w=:.@-])/.exec(text.slice(start, start + LONGEST_WORD))?.[0];
  return start === text.length || (word === undefined ? /[\\;({$<:]/.test(text.charAt(start)) && !/^\{\s*["}]/.test(text.slice(start, start + LONGEST_WORD)) : commands.has(word.toUpperCase()));
}

const LONGEST_WORD = 40;

/** Source: "SQL Commands" in PostgreSQL's documentation. */
const commands: ReadonlySet<string> = new Set(
  `ABORT ALTER ANALYZE BEGIN CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE DECLARE DELETE DISCARD DO DROP END EXECUTE EXPLAIN
   FETCH GRANT IMPORT INSERT LISTEN LOAD LOCK MERGE MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE REPACK RESET REVOKE ROLLBACK SAVEPOINT SECURITY
   SELECT SET SHOW START TABLE TRUNCATE UNLISTEN UPDATE VACUUM VALUES WITH`.split(/\s+/),
);
