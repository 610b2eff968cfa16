// Migrations of Alembic: modules with upgrade() and downgrade(), which call `op`.
// Source: alembic/operations/ops.py, alembic/runtime/migration.py and alembic/ddl/ of Alembic 1.20.

import type { TransactionMode } from '../../../model/migration.ts';
import type { CodeText, ReadCode, Section } from '../reading/code-reading.ts';
import { migrationIn, unreadable, type PythonMigration } from '../python/python-tool.ts';
import { callFunction } from '../tree/call.ts';
import type { Call } from '../tree/value.ts';
import { called, imported } from './alembic/operations.ts';

export const alembic: ReadCode = (file) => {
  const migration = migrationIn(file.text, { imported, called, isHarmless: (path) => /^alembic\b/.test(path) });
  const mode = modeOf(file);
  const up = wayOf(migration, 'upgrade', mode);
  if (up === undefined) return unreadable('there is no function "upgrade" in it');
  return { up, down: wayOf(migration, 'downgrade', mode) ?? [], comments: migration.comments };
};

/**
 * One transaction for all, which env.py may change. Where it says that there is no transactional DDL, each migration has one nonetheless.
 * Source: MigrationContext.begin_transaction().
 */
function modeOf({ directory, root }: CodeText): TransactionMode {
  const environment = directory?.nearest('env.py') || root?.nearest('env.py', 'alembic/env.py', 'migrations/env.py') || '';
  return /^[^#\n]{0,200}\b(?:transaction_per_migration\s{0,9}=\s{0,9}True|transactional_ddl\s{0,9}=\s{0,9}False)\b/m.test(environment) ? 'file' : 'run';
}

const nowhere = { start: 0, end: 0 };

const alone: Call = { args: [], named: new Map(), isWhole: true, place: nowhere, step: nowhere, isAlone: true };

function wayOf({ scope, positionIn }: PythonMigration, name: string, mode: TransactionMode): readonly Section[] | undefined {
  const way = scope.find(name);
  if (way?.kind !== 'function') return undefined;
  const position = positionIn(mode);
  callFunction(way, alone, position);
  return position.scene.sections;
}
