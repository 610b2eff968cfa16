// What `liquibase update-sql` prints: the SQL of each changeset below a line that names it, and Liquibase's own bookkeeping.
// Source: ChangeSet.execute(), LoggingExecutor.comment() in liquibase/liquibase.

import type { TransactionMode } from '../../../../model/migration.ts';
import { splitStatements } from '../../../../text/split-statements.ts';
import type { Span } from '../../../../text/span.ts';
import { leadingWords } from '../../files/leading-words.ts';
import type { Contained, Several } from '../../framework.ts';

export const printedMark = /^-- Changeset [^\n\r:][^\n\r]{0,1000}::/im;

/** `path::id::author`, and a checksum in older versions. */
const heading = /^-- Changeset ([^\n\r]+)/gim;

/** A changeset is run in a transaction; the text does not show which are not, but for those that PostgreSQL would refuse in one. */
export function printedChangesets(text: string, transaction: TransactionMode): Several {
  const headings = Array.from(text.matchAll(heading), ({ index, 1: named = '' }) => ({ index, named: named.split('::') })).filter(({ named }) => named.length > 2);
  const statements = [...splitStatements(text)];
  const own = statements.filter(({ start, end }) => isBookkeeping(text.slice(start, end)));
  const refusing = statements.filter((span) => refused.test(leadingWords(text, span)));
  const migrations = headings.map(({ index, named: [path = '', id = '', author = ''] }, position): Contained => {
    const span = { start: index, end: headings[position + 1]?.index ?? text.length };
    const isWithout = refusing.some(({ start }) => start >= span.start && start < span.end);
    return {
      name: `${author}:${id}`,
      aliases: [id, `${id}::${author}`, `${path}::${id}::${author}`],
      direction: 'up',
      span,
      parts: [{ spans: [{ start: position === 0 ? 0 : span.start, end: span.end }], transaction: isWithout ? 'statement' : transaction }],
      joins: position === 0 ? 'nothing' : 'connection',
      runs: 'once',
    };
  });
  return { migrations, blanks: own.map(({ start, end }): Span => ({ start, end })) };
}

/** It calls nothing but what Liquibase calls in it. */
function isBookkeeping(statement: string): boolean {
  if (!bookkeeping.test(statement.slice(0, 200)) || /\b(?:SELECT|RETURNING)\b/i.test(statement)) return false;
  return Array.from(statement.matchAll(/(\w+)"?\s{0,10}\(/g), ([, name = '']) => name.toLowerCase()).every((name) => usual.has(name));
}

const usual: ReadonlySet<string> = new Set(['databasechangelog', 'databasechangeloglock', 'values', 'now', 'key', 'varchar']);

const bookkeeping =
  /^(?:CREATE\s+TABLE|INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:(?:"[^"]*"|\w+)\s*\.\s*)?"?databasechangelog(?:lock)?"?(?![\w"])/i;

/** Source: PreventInTransactionBlock() in src/backend/access/transam/xact.c, and who calls it. */
const refused =
  /^(?:(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY|REINDEX .*\bCONCURRENTLY|REINDEX (?:SCHEMA|DATABASE|SYSTEM)|VACUUM|(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM|DISCARD ALL)\b/;
