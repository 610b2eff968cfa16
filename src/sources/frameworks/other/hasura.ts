// Hasura: <milliseconds>_x/up.sql and down.sql. Source: hasura.io/docs, migrations.

import { inFolder } from '../authoring/layouts.ts';
import type { Directory } from '../../disk/directory.ts';
import { uncut } from '../files/cut.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import type { Framework } from '../framework.ts';
import { aboveFolders } from '../files/folder-for-each.ts';
import { byFolder } from '../files/places.ts';

export const hasura: Framework = {
  name: 'hasura',
  title: 'Hasura',
  leaving: 'it has no way out of its transaction, so run the statement by hand',
  authoring: { outside: 'none', sendsSingly: false, write: inFolder('up.sql', 'down.sql', { nothing: 'SELECT 1;' }) },
  layout: 'folders',
  rootOf: aboveFolders(isHasura),
  evidence: { runs: /\bhasura\s+(?:migrate|deploy)\b|\bhasura\/graphql-engine:\S*cli-migrations/, uses: /\bhasura\/graphql-engine\b/ },
  /** Source: readUp() of cli/migrate/migrate.go. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
  },
  transaction: () => 'file',
  remembers: 'number',
  places: () => byFolder((folder) => [BigInt(/^\d+/.exec(folder)?.[0] ?? 0), folder]),
  cut: uncut,
};

function isHasura(directory: Directory): boolean {
  if (!directory.has('up.sql') && !directory.has('down.sql')) return false;
  return /^\d{13}_/.test(directory.name) || (/^\d+_/.test(directory.name) && /^metadata_directory\s*:/m.test(directory.nearest('config.yaml')));
}
