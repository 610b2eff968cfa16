// Where a story stands: the catalog, the session, and what a ROLLBACK would bring back.

import { ordinaryStorage, type Catalog } from '../model/catalog.ts';
import type { Session, Settings } from '../model/session.ts';
import type { TransactionMode } from '../model/migration.ts';

interface Snapshot {
  readonly catalog: Catalog;
  readonly session: Session;
}

export interface Story extends Snapshot {
  /** As it was when the transaction that is open began. */
  readonly begun: Snapshot | undefined;
  readonly savepoints: readonly (Snapshot & { readonly name: string })[];
}

export interface Runner {
  readonly transaction: TransactionMode;
  /** What it sets before the first statement of a file. */
  readonly settings: Settings;
}

/** The next migration starts: a new connection, and a transaction if the runner opens one. */
export function openMigration(catalog: Catalog, runner: Runner): Story {
  const { migration, statement } = catalog.parts.moment;
  const moment = { migration: migration + 1, statement: statement + 1 };
  const started = catalog.with({ moment, searchPath: ['public'], defaultStorage: ordinaryStorage });
  const session: Session = {
    transaction: runner.transaction === 'file' ? { openedBy: 'runner', since: moment.statement } : undefined,
    sessionSettings: new Map(),
    localSettings: new Map(),
    locks: [],
    defaults: runner.settings,
  };
  const begun = session.transaction && { catalog: started, session };
  return { catalog: started, session, begun, savepoints: [] };
}
