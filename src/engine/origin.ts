// Does a history begin with an empty database?

import { Catalog } from '../model/catalog.ts';
import type { Act, Step } from '../model/timeline.ts';
import { openMigration } from '../history/story.ts';
import type { Settings } from '../model/session.ts';
import { narrate } from './narrate.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import type { PostgresVersion } from '../model/version.ts';

/** It does if the first of its migrations that has to do with tables makes one, and touches none that nobody made. */
export function originOf(
  migrations: Iterable<ParsedMigration>,
  settings: Settings,
  version: PostgresVersion,
): 'empty' | 'unknown' {
  let catalog = Catalog.start('empty');
  for (const migration of migrations) {
    const { timeline, story } = narrate(migration, openMigration(catalog, { settings, newTables: 'migration' }), version);
    if (timeline.steps.some(touchesStranger)) return 'unknown';
    if (timeline.steps.some(({ acts }) => acts.some(({ change }) => change.kind === 'create-table'))) return 'empty';
    ({ catalog } = story);
  }
  return 'unknown';
}

function touchesStranger(step: Step): boolean {
  const { statement, before } = step;
  if (statement.kind === 'data') return statement.actions.some(({ target }) => before.find(target) === 'unknown');
  return step.acts.some(isOnStranger);
}

function isOnStranger({ change, before, effects }: Act): boolean {
  const isOptional = change.onlyIf !== undefined || ('ifExists' in change && change.ifExists);
  return !isOptional && effects.some(({ relation }) => before.find(relation) === 'unknown');
}
