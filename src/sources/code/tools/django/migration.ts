// One migration of Django, followed from what was before it.

import type { CodeComment, Section } from '../../reading/code-reading.ts';
import { migrationIn, type PythonMigration } from '../../python/python-tool.ts';
import type { Value } from '../../tree/value.ts';
import { called, imported } from './handles.ts';
import { runOperations, type Site } from './operations/run.ts';
import type { Before } from './project/history.ts';
import { SchemaEditor } from './schema-editor/editor.ts';

export interface ReadMigration {
  readonly up: readonly Section[];
  readonly down: readonly Section[];
  readonly comments: readonly CodeComment[];
  readonly behind: Before;
  /** There is no class in it that Django would run. */
  readonly isEmpty: boolean;
}

/** `state`: nobody asks what it sends. */
export function readMigration(text: string, app: string, before: Before, purpose: 'sql' | 'state'): ReadMigration {
  const migration = migrationIn(text, { imported, called, isHarmless: (path) => /^django\b/.test(path) });
  const home = classIn(migration);
  const operations = home?.entries.get('operations');
  const siteFrom = (catalog: Before['catalog']): Site => {
    const position = migration.positionIn(isAtomic(home) ? 'file' : 'statement');
    return { app, position, editor: new SchemaEditor(position.scene, catalog), isRead: purpose === 'sql' };
  };
  const up = siteFrom(before.catalog);
  const apps = runOperations(operations, 'up', before.apps, up);
  up.editor.close();
  const behind = { apps, catalog: up.editor.catalog };
  if (purpose === 'state') return { up: [], down: [], comments: [], behind, isEmpty: home === undefined };
  const down = siteFrom(behind.catalog);
  runOperations(operations, 'down', before.apps, down);
  down.editor.close();
  return { up: up.position.scene.sections, down: down.position.scene.sections, comments: migration.comments, behind, isEmpty: home === undefined };
}

type Home = Extract<Value, { readonly kind: 'class' }>;

function classIn({ scope }: PythonMigration): Home | undefined {
  const value = scope.find('Migration');
  return value?.kind === 'class' ? value : undefined;
}

/** All in one transaction, unless the migration says otherwise: then each statement is on its own. */
function isAtomic(home: Home | undefined): boolean {
  const atomic = home?.entries.get('atomic');
  return atomic?.kind !== 'constant' || atomic.value !== false;
}
