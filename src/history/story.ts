// Where a story stands: the catalog, the session, and what a ROLLBACK would bring back.

import { ordinaryStorage, type Catalog } from '../model/catalog.ts';
import type { Session, Settings, Transaction } from '../model/session.ts';

interface Snapshot {
  readonly catalog: Catalog;
  readonly session: Session;
}

export interface Story extends Snapshot {
  /** As it was when the transaction that is open began. */
  readonly begun: Snapshot | undefined;
  readonly savepoints: readonly (Snapshot & { readonly name: string })[];
  /** Several statements were sent as one message: wherever no transaction is open, PostgreSQL opens one. */
  readonly isBatch: boolean;
  /** The migration goes on in the session, and in the transaction, of the one before it. */
  readonly isContinued: boolean;
}

/** The next migration starts on a new connection. `settings`: what the runner sets there. */
export function openMigration(catalog: Catalog, settings: Settings): Story {
  const session: Session = {
    transaction: undefined,
    sessionSettings: new Map(),
    localSettings: new Map(),
    locks: [],
    defaults: settings,
  };
  const started = atNextMigration(catalog).with({ searchPath: ['public'], defaultStorage: ordinaryStorage });
  return { catalog: started, session, begun: undefined, savepoints: [], isBatch: false, isContinued: false };
}

/** The next migration starts where the one before it ended: on its connection, in its transaction. */
export function continueMigration(story: Story): Story {
  return { ...story, catalog: atNextMigration(story.catalog), isContinued: true };
}

function atNextMigration(catalog: Catalog): Catalog {
  const { migration, statement } = catalog.parts.moment;
  return catalog.with({ moment: { migration: migration + 1, statement: statement + 1 } });
}

export function beginTransaction(story: Story, openedBy: Transaction['openedBy']): Story {
  const { session, catalog } = story;
  const { statement } = catalog.parts.moment;
  const opened: Session = { ...session, transaction: { openedBy, since: openedBy === 'statement' ? statement : statement + 1 } };
  return { ...story, session: opened, begun: { catalog, session: opened } };
}

/** `outcome`: what holds afterwards, the story itself or what a ROLLBACK brings back. */
export function endTransaction(story: Story, outcome: Snapshot): Story {
  if (story.session.transaction === undefined) return story;
  const { sessionSettings } = outcome.session;
  const session: Session = { ...story.session, transaction: undefined, sessionSettings, localSettings: new Map(), locks: [] };
  const catalog = outcome.catalog.with({ moment: story.catalog.parts.moment });
  const ended: Story = { ...story, catalog, session, begun: undefined, savepoints: [] };
  return story.isBatch ? beginTransaction(ended, 'batch') : ended;
}
