// The files of diesel: <version>_x/up.sql and down.sql. Source: docs.rs/diesel_migrations.

import { inFolder } from '../authoring/layouts.ts';
import { fileBeside } from '../authoring/marks.ts';
import { connectionTexts, settingsOfOptions } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { neverAgain } from '../conduct.ts';
import type { Framework } from '../framework.ts';
import { aboveFolders } from '../files/folder-for-each.ts';
import { byFolder } from '../files/places.ts';
import { property } from '../settings/properties.ts';

/** Its PgResult takes a text without a statement for an error: "Received an empty query". Source: diesel/src/pg/connection/result.rs. */
const NOTHING = 'SELECT 1;';

const OUTSIDE = 'run_in_transaction = false\n';

export const diesel: Framework = {
  name: 'diesel',
  title: 'diesel',
  leaving: 'a migration of its own whose metadata.toml says run_in_transaction = false',
  authoring: {
    outside: 'marked',
    sendsSingly: false,
    mark: fileBeside('metadata.toml', OUTSIDE),
    write: inFolder('up.sql', 'down.sql', { nothing: NOTHING, beside: ({ place }) => (place === 'outside' ? [{ name: 'metadata.toml', text: OUTSIDE }] : []) }),
  },
  layout: 'folders',
  rootOf: aboveFolders((folder) => /^\d/.test(folder.name) && (folder.has('up.sql') || folder.has('down.sql'))),
  evidence: {
    runs: /\bdiesel_migrations\b|\bdiesel(?:_ext)?\s+(?:migration|setup|database)\b|\bembed_migrations!/,
    uses: /^\s*diesel\b|\bdependencies\.diesel\b/,
    files: ['diesel.toml'],
  },
  /** Source: pending_migrations() of diesel_migrations/src/migration_harness.rs, 2.2. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'does not miss it until it is to be reverted, and a new database comes to another schema',
    twins: 'runs only one of two migrations of one version',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => byFolder((folder) => [(/^[^_]*/.exec(folder)?.[0] ?? '').replaceAll('-', ''), folder]),
  cut: (file, transaction) => {
    const says = property(file.directory?.text('metadata.toml') ?? '', /^run_in_transaction$/);
    return uncut(file, says === 'false' ? 'batch' : transaction);
  },
  settings: (root) => settingsOfOptions(connectionTexts(root)),
};
