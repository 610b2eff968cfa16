// Where a story stands: the catalog, the session, and what a ROLLBACK would bring back.

import { ordinaryStorage, type Catalog } from '../model/catalog.ts';
import { HeldLocks } from '../model/held-locks.ts';
import { connectionDefaults } from './connection-defaults.ts';
import { dropAtCommit, leaveConnection } from './end-temporary.ts';
import { isNowhere } from './search-path.ts';
import type { NewTables } from '../model/migration.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import { isTimeoutName, timeoutInForce, type Leaving, type Session, type Settings, type Transaction } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';

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
  readonly newTables: NewTables;
  /** The catalog of the database of the history, where the connection is to another one. */
  readonly home?: Catalog | undefined;
}

/** What holds for each migration of a history. */
export interface Scene {
  /** What the runner sets on a connection. */
  readonly settings: Settings;
  readonly newTables: NewTables;
  /** It is deployed together with the migration before it. */
  readonly isSameBatch?: boolean;
}

/** The next migration starts on a new connection. */
export function openMigration(catalog: Catalog, { settings, newTables, isSameBatch = false }: Scene): Story {
  const session: Session = {
    transaction: undefined,
    sessionSettings: OrderedMap.empty(),
    localSettings: OrderedMap.empty(),
    locks: HeldLocks.none,
    defaults: connectionDefaults(catalog, settings),
  };
  const started = atNextMigration(leaveConnection(catalog), newTables === 'batch' && isSameBatch).with({ searchPath: ['public'], isPathKnown: true, defaultStorage: ordinaryStorage });
  return { catalog: started, session, begun: undefined, savepoints: [], isBatch: false, isContinued: false, newTables };
}

/**
 * The next migration starts on the connection of the one before it if both are pending, and else on a new one. What was set there
 * for names and places counts, because in a new database they are run together; a time limit only where it allows more, and a path of
 * no schemas not at all, as in the dump that many histories begin with: no unqualified name behind it would be found.
 */
export function reopenMigration(opened: Story, before: Story): Story {
  const isKept = (value: SettingValue, name: string): boolean => (isTimeoutName(name) ? allowsMore(name, before, opened) : name !== 'search_path' || !isNowhere(value));
  const sessionSettings = before.session.sessionSettings.filter(isKept);
  return { ...opened, session: { ...opened.session, sessionSettings } };
}

function allowsMore(name: string, before: Story, opened: Story): boolean {
  const [earlier, now] = [before, opened].map(({ session }) => timeoutInForce(session, name));
  if (earlier === now || now === 'none') return false;
  return typeof earlier !== 'number' || typeof now !== 'number' || earlier > now;
}

/** The same for what shares the transaction of a run, unless the one before it has ended it by hand. */
export function joinRun(opened: Story, before: Story): Story {
  const reopened = reopenMigration(opened, before);
  const { transaction, locks } = before.session;
  if (transaction?.openedBy !== 'runner') return reopened;
  return { ...reopened, session: { ...reopened.session, transaction, locks }, begun: before.begun, savepoints: before.savepoints, isContinued: true };
}

/** The next migration starts where the one before it ended: on its connection, in its transaction. */
export function continueMigration(story: Story): Story {
  return { ...story, catalog: atNextMigration(story.catalog, story.newTables === 'batch'), isContinued: true };
}

/** `keepsNew`: what was new before is still. */
function atNextMigration(catalog: Catalog, keepsNew: boolean): Catalog {
  const { moment, newSince } = catalog.parts;
  const statement = moment.statement + 1;
  return catalog.with({ moment: { migration: moment.migration + 1, statement }, newSince: keepsNew ? newSince : statement });
}

export function atNextMoment(story: Story): Story {
  const { moment, newSince } = story.catalog.parts;
  const statement = moment.statement + 1;
  const start = story.newTables === 'transaction' ? (story.session.transaction?.since ?? statement) : newSince;
  return { ...story, catalog: story.catalog.with({ moment: { ...moment, statement }, newSince: start }) };
}

export function beginTransaction(story: Story, openedBy: Transaction['openedBy'], leaving?: Leaving): Story {
  const { session, catalog } = story;
  const { statement } = catalog.parts.moment;
  const opened: Session = { ...session, transaction: { openedBy, since: openedBy === 'statement' ? statement : statement + 1, leaving } };
  return { ...story, session: opened, begun: { catalog, session: opened } };
}

/** `outcome`: what holds afterwards, the story itself or what a ROLLBACK brings back. */
export function endTransaction(story: Story, outcome: Snapshot): Story {
  if (story.session.transaction === undefined) return story;
  const { sessionSettings } = outcome.session;
  const session: Session = { ...story.session, transaction: undefined, sessionSettings, localSettings: OrderedMap.empty(), locks: HeldLocks.none };
  const catalog = dropAtCommit(outcome.catalog).with({ moment: story.catalog.parts.moment });
  const ended: Story = { ...story, catalog, session, begun: undefined, savepoints: [] };
  return story.isBatch ? beginTransaction(ended, 'batch', story.session.transaction.leaving) : ended;
}
