// Migrations of Django: a class with a list of operations.
// Source: django/db/migrations/migration.py and django/db/migrations/operations/ of Django 5.2.

import { migrationIn, unreadable, type PythonMigration } from '../python/python-tool.ts';
import type { ReadCode, Section } from '../reading/code-reading.ts';
import type { Value } from '../tree/value.ts';
import { called, imported } from './django/handles.ts';
import { runOperations } from './django/operations.ts';

export const django: ReadCode = ({ text }) => {
  const migration = migrationIn(text, { imported, called, isHarmless: (path) => /^django\b/.test(path) });
  const home = classIn(migration);
  if (home === undefined) return unreadable('there is no class "Migration" in it');
  const way = (direction: 'up' | 'down'): readonly Section[] => {
    const position = migration.positionIn(isAtomic(home) ? 'file' : 'statement');
    runOperations(home.entries.get('operations'), direction, position);
    return position.scene.sections;
  };
  return { up: way('up'), down: way('down'), comments: migration.comments };
};

type Home = Extract<Value, { readonly kind: 'class' }>;

function classIn({ scope }: PythonMigration): Home | undefined {
  const value = scope.find('Migration');
  return value?.kind === 'class' ? value : undefined;
}

/** All in one transaction, unless the migration says otherwise: then each statement is on its own. */
function isAtomic({ entries }: Home): boolean {
  const atomic = entries.get('atomic');
  return atomic?.kind !== 'constant' || atomic.value !== false;
}
