// Does a history begin with an empty database?

import { Catalog } from '../model/catalog.ts';
import type { Act } from '../model/timeline.ts';
import { openMigration } from '../history/story.ts';
import type { Settings } from '../model/session.ts';
import { narrate } from './narrate.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import type { PostgresVersion } from '../model/version.ts';

/**
 * It does if the first of its migrations that makes a table uses none in the same schemas that nobody made. One of a later migration is
 * for the telling to find.
 */
export function originOf(
  migrations: Iterable<ParsedMigration>,
  settings: Settings,
  version: PostgresVersion,
): 'empty' | 'unknown' {
  let catalog = Catalog.start('empty');
  for (const migration of migrations) {
    const { timeline, story } = narrate(migration, openMigration(catalog, { settings, newTables: 'migration' }), version);
    ({ catalog } = story);
    if (catalog.parts.origin === 'unknown') return 'unknown';
    if (timeline.steps.some(({ acts }) => acts.some(makesTable))) return 'empty';
  }
  return 'unknown';
}

function makesTable({ change }: Act): boolean {
  return change.kind === 'create-table' && change.persistence !== 'temporary';
}
