// The files of sqlx: 20240101_x.sql, or .up.sql and .down.sql. Source: docs.rs/sqlx, macro.migrate.

import { inOneOrTwoFiles } from '../authoring/layouts.ts';
import { lineAtHead } from '../authoring/marks.ts';
import { connectionTexts, settingsOfOptions } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { areNamed } from '../files/majority.ts';
import { byNumberAndDirection } from '../files/places.ts';

export const sqlx: Framework = {
  name: 'sqlx',
  title: 'sqlx',
  leaving: 'a file of its own that begins with -- no-transaction',
  authoring: { outside: 'marked', sendsSingly: false, mark: lineAtHead('-- no-transaction'), write: inOneOrTwoFiles({ outside: ['-- no-transaction'] }) },
  layout: 'flat',
  rootOf: () => undefined,
  rootIfRun: (directory) => (areNamed(directory, /^\d+_.*\.sql$/i, 'half') ? directory : undefined),
  evidence: {
    runs: /\b(?:sqlx|cargo\s+sqlx)\s+(?:migrate|database|db)\b|\bsqlx::migrate\b|\bmigrate!\s*\(/,
    uses: /^\s*sqlx\b|\bdependencies\.sqlx\b/,
    files: ['sqlx.toml', '.sqlx'],
  },
  /** Source: Migrator::run() of sqlx-core/src/migrate/migrator.rs, 0.8. */
  conduct: {
    late: 'runs',
    compares: 'text',
    changed: 'refuses to migrate where this migration has run, because its checksum differs (VersionMismatch)',
    gone: 'refuses to migrate where it has run (VersionMissing)',
    twins: 'fails at the second file of a version',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => byNumberAndDirection,
  cut: (file, transaction) => (file.text.startsWith('-- no-transaction') ? messages(file) : uncut(file, transaction)),
  settings: (root) => settingsOfOptions(connectionTexts(root)),
};

/** Without a transaction the file is sent as one message, or as several with `sqlx: split` between them. */
function messages({ text }: SqlFile): Cut {
  const starts = [0, ...Array.from(text.matchAll(/\/\*\s*sqlx:\s*split\s*\*\//g), ({ index }) => index)];
  const spans = starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
  return { up: spans.map((span) => ({ spans: [span], transaction: 'batch' })), down: [] };
}
