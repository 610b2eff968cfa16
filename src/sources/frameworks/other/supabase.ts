// Supabase CLI: supabase/migrations/<time>_x.sql, sent together.

import { inOneFile } from '../authoring/layouts.ts';
import type { Part, TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { splitStatements } from '../../../text/split-statements.ts';
import { uncut } from '../files/cut.ts';
import { neverAgain } from '../conduct.ts';
import { isSaid } from '../evidence.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { areNamed } from '../files/majority.ts';
import { leadingWords } from '../files/leading-words.ts';
import { versionOfPackage } from '../settings/package-version.ts';
import { byName } from '../files/places.ts';

export const supabase: Framework = {
  name: 'supabase',
  title: 'Supabase CLI',
  leaving: 'a file of its own with this one statement',
  authoring: { outside: 'alone', sendsSingly: false, write: inOneFile() },
  layout: 'flat',
  rootOf: (directory) => {
    const isThere = directory.name === 'migrations' && (directory.parent?.name === 'supabase' || directory.parent?.has('config.toml'));
    return isThere && areNamed(directory, /^\d{14}_/, 'most') ? directory : undefined;
  },
  /** Source: FindPendingMigrations() of pkg/migration/apply.go, 2.50. */
  conduct: {
    late: 'refuses',
    lateIn: (root) => (isSaid(/\bsupabase\b.*\s--include-all\b/, root) ? 'runs' : undefined),
    unless: 'it is run with --include-all',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'refuses to push where it has run',
    twins: 'stops at the second file of a version',
  },
  transaction: () => 'batch',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => byName,
  cut,
};

/** Since 2.109 it sends what PostgreSQL refuses in a transaction by itself. Source: isPipelineIncompatible() in its source. */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const [major = 0, minor = 0] = (file.directory && versionOfPackage(file.directory, 'supabase')) ?? [];
  if (major < 2 || (major === 2 && minor < 109)) return uncut(file, transaction);
  const parts: Part[] = [];
  let together: Span[] = [];
  const flush = (): void => {
    if (together.length > 0) parts.push({ spans: together, transaction });
    together = [];
  };
  for (const { start, end } of splitStatements(file.text)) {
    const span = { start, end: Math.min(end + 1, file.text.length) };
    if (!refused.test(leadingWords(file.text, span))) {
      together.push(span);
      continue;
    }
    flush();
    parts.push({ spans: [span], transaction: 'statement' });
  }
  flush();
  return { up: parts, down: [] };
}

const refused =
  /^(?:CREATE (?:UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY|REINDEX\b.*\bCONCURRENTLY|VACUUM|ALTER SYSTEM|CLUSTER)\b/;
