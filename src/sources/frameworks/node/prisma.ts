// Prisma: migrations/<time>_x/migration.sql, sent as one message until 7.3, statement by statement from 7.4 on.

import { inFolder } from '../authoring/layouts.ts';
import type { Directory } from '../../disk/directory.ts';
import { connectionTexts, settingsOfOptions } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import type { Framework, Place } from '../framework.ts';
import { versionOfPackage } from '../settings/package-version.ts';
import { aboveFolders } from '../files/folder-for-each.ts';
import { byFolder } from '../files/places.ts';

export const prisma: Framework = {
  name: 'prisma',
  title: 'Prisma',
  leaving: 'a migration of its own with this one statement',
  authoring: { outside: 'alone', sendsSingly: false, write: inFolder('migration.sql', undefined) },
  layout: 'folders',
  rootOf: aboveFolders(isPrisma),
  evidence: { runs: /\bprisma\s+migrate\b/, uses: /"@?prisma(?:\/client)?"/, files: ['migration_lock.toml'] },
  absent: (root) => withoutMigration(root),
  /** Source: apply_migrations() and script_matches_checksum() of the schema engine, 5.22; prisma.io, "About migration histories". */
  conduct: {
    late: 'runs',
    compares: 'lines',
    changed: 'warns of it at each "migrate deploy", asks to reset the database in "migrate dev", and never runs the change where this migration has run',
    gone: 'does not miss it at "migrate deploy", and asks to reset the database in "migrate dev"',
  },
  transaction: (root) => (root && sendsStatements(root) ? 'statement' : 'batch'),
  places: () => (path) => ofMigration(path) ?? ofScript(path),
  cut: uncut,
  settings: (root) => settingsOfOptions(connectionTexts(root, 'schema.prisma', 'prisma/schema.prisma', 'prisma.config.ts')),
};

const ofMigration = byFolder((folder) => [folder]);

/** What somebody runs behind the migration of its folder, to move data. Source: prisma.io, "Data migrations". */
function ofScript(path: string): Place | undefined {
  const folder = /(?:^|\/)([^/]+)\/data-migration\.sql$/.exec(path)?.[1];
  return folder === undefined ? undefined : { role: 'up', order: [folder, 'data-migration'] };
}

function withoutMigration(root: Directory): ReadonlyMap<string, string> {
  const folders = root.folders.filter((folder) => /^\d+_/.test(folder.name) && !folder.names.some((name) => /^migration\.\w+$/.test(name)));
  return new Map(folders.map(({ name }) => [name, 'Prisma stops at a folder without migration.sql']));
}

function isPrisma(directory: Directory): boolean {
  if (!directory.has('migration.sql')) return false;
  return /^\d+_/.test(directory.name) || directory.parent?.has('migration_lock.toml') === true;
}

function sendsStatements(root: Directory): boolean {
  const [major = 0, minor = 0] = versionOfPackage(root, 'prisma') ?? versionOfPackage(root, '@prisma/client') ?? [];
  return major > 7 || (major === 7 && minor >= 4);
}
