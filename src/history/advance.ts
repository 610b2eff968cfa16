// What is true behind a statement: transactions end and take locks and settings with them, SET lasts, SET LOCAL does not.

import type { Catalog } from '../model/catalog.ts';
import type { Effect } from '../model/effect.ts';
import { isStronger } from '../model/lock.ts';
import { isSameName } from '../model/names.ts';
import type { HeldLock, Session, Settings } from '../model/session.ts';
import type { Statement, StatementOf, TransactionAction } from '../model/statement.ts';
import type { PostgresVersion } from '../model/version.ts';
import { isAccepted } from './accepted-setting.ts';
import { followSettings } from './follow-settings.ts';
import { beginTransaction, endTransaction, type Story } from './story.ts';

/** `catalog` is what the statement's changes made of the story's. */
export function advance(
  story: Story,
  statement: Statement,
  effects: readonly Effect[],
  catalog: Catalog,
  version: PostgresVersion,
): Story {
  const moved = holdLocks({ ...story, catalog }, statement, effects);
  switch (statement.kind) {
    case 'transaction':
      return followSettings(transact(moved, statement.action));
    case 'setting':
      return followSettings({ ...moved, session: set(moved.session, statement, version) });
    case 'reset-settings':
      return followSettings({ ...moved, session: resetAll(moved.session, statement.command) });
    case 'opaque':
      return { ...moved, catalog: catalog.with({ lastUnread: catalog.parts.moment }) };
    default:
      return moved;
  }
}

function holdLocks(story: Story, { span }: Statement, effects: readonly Effect[]): Story {
  if (story.session.transaction === undefined || effects.length === 0) return story;
  const { locks } = story.session;
  const isHeld = ({ relation, lock }: Effect): boolean =>
    locks.some((held) => isSameName(held.relation, relation) && !isStronger(lock, held.mode));
  const taken = effects.filter((effect) => !isHeld(effect)).map(({ relation, lock }): HeldLock => ({ relation, mode: lock, since: span }));
  if (taken.length === 0) return story;
  return { ...story, session: { ...story.session, locks: [...locks, ...taken] } };
}

function transact(story: Story, action: TransactionAction): Story {
  switch (action.kind) {
    case 'begin':
      return begin(story);
    case 'commit':
      return end(story, action.chain, story);
    case 'rollback':
      return end(story, action.chain, story.begun ?? story);
    case 'prepare':
      return endTransaction(story, story);
    case 'savepoint':
      return {
        ...story,
        savepoints: [...story.savepoints, { name: action.name, catalog: story.catalog, session: story.session }],
      };
    case 'release':
      return { ...story, savepoints: upTo(story, action.name, 0) };
    case 'rollback-to':
      return rollbackTo(story, action.name);
    case 'finish-prepared':
      return story;
  }
}

/**
 * In an implicit transaction, BEGIN makes a block of it that holds what came before in the message as well.
 * Source: BeginTransactionBlock() in src/backend/access/transam/xact.c, TBLOCK_IMPLICIT_INPROGRESS.
 */
function begin(story: Story): Story {
  const { session } = story;
  if (session.transaction === undefined) return beginTransaction(story, 'statement');
  if (session.transaction.openedBy !== 'batch') return story;
  return { ...story, session: { ...session, transaction: { ...session.transaction, openedBy: 'statement' } } };
}

function end(story: Story, chain: boolean, outcome: Pick<Story, 'catalog' | 'session'>): Story {
  const isInBlock = story.session.transaction !== undefined;
  const ended = endTransaction(story, outcome);
  return chain && isInBlock ? begin(ended) : ended;
}

/** Undoes what came behind the savepoint, its locks included; the savepoint stays. */
function rollbackTo(story: Story, name: string): Story {
  const savepoint = story.savepoints.findLast((candidate) => candidate.name === name);
  if (savepoint === undefined) return story;
  const catalog = savepoint.catalog.with({ moment: story.catalog.parts.moment });
  return { ...story, catalog, session: savepoint.session, savepoints: upTo(story, name, 1) };
}

function upTo({ savepoints }: Story, name: string, inclusive: 0 | 1): Story['savepoints'] {
  const index = savepoints.findLastIndex((savepoint) => savepoint.name === name);
  return index < 0 ? savepoints : savepoints.slice(0, index + inclusive);
}

/** SET LOCAL without a transaction does nothing; SET takes the place of an earlier SET LOCAL. */
function set(session: Session, { name, value, scope }: StatementOf<'setting'>, version: PostgresVersion): Session {
  if (!isAccepted(name, value, version)) return session;
  if (scope === 'transaction') {
    return session.transaction ? { ...session, localSettings: new Map(session.localSettings).set(name, value) } : session;
  }
  const localSettings = without(session.localSettings, name);
  return { ...session, localSettings, sessionSettings: new Map(session.sessionSettings).set(name, value) };
}

/** PostgreSQL refuses DISCARD ALL in a transaction; RESET ALL leaves the role as it is. */
function resetAll(session: Session, command: string): Session {
  if (command !== 'DISCARD ALL') {
    const kept = (settings: Settings): Settings => new Map([...settings].filter(([name]) => ofRole.has(name)));
    return { ...session, sessionSettings: kept(session.sessionSettings), localSettings: kept(session.localSettings) };
  }
  return session.transaction ? session : { ...session, sessionSettings: new Map(), localSettings: new Map() };
}

const ofRole: ReadonlySet<string> = new Set(['role', 'session_authorization']);

function without(settings: Settings, name: string): Settings {
  if (!settings.has(name)) return settings;
  const rest = new Map(settings);
  rest.delete(name);
  return rest;
}
