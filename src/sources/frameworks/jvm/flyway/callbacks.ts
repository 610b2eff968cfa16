// What Flyway's callbacks set, and where it holds: what it runs before each migration shares the connection of the migrations. afterConnect does
// not, and beforeMigrate has had a connection of its own since 9.19.
// Source: DefaultCallbackExecutor, FlywayExecutor and Database.getEventConnection() of its source; github.com/flyway/flyway/issues/4286.

import type { Settings } from '../../../../model/session.ts';
import type { Directory } from '../../../disk/directory.ts';
import { settingsOfSql } from '../../settings/connection-settings.ts';
import { configurationFiles } from './configuration.ts';
import { locationsOf } from './locations.ts';
import { namingOf } from './names.ts';
import { flywayVersion } from './version.ts';

/** What holds where a migration starts. Where the version decides and nobody says it, the value is not known. */
export function callbackSettings(root: Directory): Settings {
  const version = flywayVersion(root);
  const beforeAll = setBy(root, ['beforeMigrate']);
  const connected = setBy(root, ['afterConnect']);
  return new Map([
    ...doubted(setBy(root, ['beforeConnect'])),
    ...(hasOneConnection(root) ? connected : version === undefined ? doubted(connected) : []),
    ...(version === undefined ? doubted(beforeAll) : isBefore(version, 9, 19) ? beforeAll : []),
    ...setBy(root, ['beforeEachMigrate', 'beforeEachMigrateStatement']),
  ]);
}

/** What is said of a callback that is not linted. */
export function callbackReason(event: string): string {
  if (event.startsWith('beforeEachMigrate')) return 'what Flyway runs before each migration, and what it sets holds there';
  if (event === 'beforeMigrate') return 'what Flyway runs before its migrations, from 9.19 on in a connection of its own: what it sets holds in none of them';
  if (event === 'afterConnect') return 'what Flyway runs in another connection than its migrations: what it sets holds in none of them';
  if (event === 'beforeConnect') return 'what Flyway runs before it connects: whether what it sets holds in migrations is not known';
  return 'what Flyway runs around its migrations';
}

function setBy(root: Directory, events: readonly string[]): Settings {
  const naming = namingOf(root);
  const texts = (locationsOf(root)?.callbacks ?? [root]).flatMap(withFolders).flatMap((folder) =>
    folder.sqlFiles.flatMap((name) => {
      const named = naming(name);
      return named?.kind === 'callback' && events.includes(named.event) ? [folder.text(name) ?? ''] : [];
    }),
  );
  return settingsOfSql(texts.join('\n').replace(/\bSET\s+LOCAL\b/gi, 'SET'));
}

/** As deep as people sort migrations into folders. */
function withFolders(directory: Directory): readonly Directory[] {
  const below = directory.folders;
  return [directory, ...below, ...below.flatMap(({ folders }) => folders)];
}

function doubted(settings: Settings): Settings {
  return new Map(Array.from(settings, ([name]) => [name, { kind: 'unreadable' }]));
}

function isBefore([major, minor]: readonly [number, number], otherMajor: number, otherMinor: number): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** Without the lock that needs a transaction, one connection does everything. Source: PostgreSQLDatabase.useSingleConnection(). */
function hasOneConnection(root: Directory): boolean {
  return configurationFiles(root).some(({ text }) => /\btransactional[.-]?lock["']?\s*[=:]\s*["']?false\b/i.test(text));
}
