// What is true behind a statement: transactions end and take locks and settings with them, SET lasts, SET LOCAL does not.

import { ordinaryStorage, type Catalog } from '../model/catalog.ts';
import { assumptionOf, type Effect } from '../model/effect.ts';
import type { HeldLocks } from '../model/held-locks.ts';
import { isStronger } from '../model/lock.ts';
import { NOWHERE, type QualifiedName } from '../model/names.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import { isTimeoutName, parseDuration, settingInForce, type Session } from '../model/session.ts';
import type { Assignment, SettingValue, Statement, TransactionAction } from '../model/statement.ts';
import type { Storage } from '../model/storage.ts';
import { dropAtCommit, endTemporary } from './end-temporary.ts';
import { leaveCode } from './left-code.ts';
import { pathInForce } from './search-path.ts';
import { beginTransaction, endTransaction, type Story } from './story.ts';
import { behindCode, behindNames, behindText } from './unread.ts';

/** `catalog` is what the statement's changes made of the story's. */
export function advance(story: Story, statement: Statement, effects: readonly Effect[], catalog: Catalog): Story {
  const left = leaveCode(catalog, statement);
  const named = statement.hasPlaceholders ? behindNames(left, statement) : left;
  const placed = named.parts.schemas === story.catalog.parts.schemas ? { ...story, catalog: named } : followSettings({ ...story, catalog: named });
  const moved = holdLocks(placed, story.catalog, statement, effects);
  switch (statement.kind) {
    case 'transaction':
      return followSettings(transact(moved, statement.action));
    case 'setting':
      return assign(moved, statement.assignments);
    case 'reset-settings': {
      const left = statement.endsTemporary ? endTemporary(moved.catalog) : moved.catalog;
      return followSettings({ ...moved, catalog: left, session: { ...moved.session, sessionSettings: OrderedMap.empty(), localSettings: OrderedMap.empty() } });
    }
    case 'end-temporary':
      return { ...moved, catalog: endTemporary(moved.catalog) };
    case 'opaque':
      return { ...moved, catalog: statement.culprit.cause.kind === 'placeholder' ? behindText(moved.catalog) : behindCode(moved.catalog) };
    default:
      return moved.session.transaction === undefined ? { ...moved, catalog: dropAtCommit(moved.catalog) } : moved;
  }
}

/** What a function puts in force while it runs. */
export function assign(story: Story, assignments: readonly Assignment[]): Story {
  return followSettings(behindPath({ ...story, session: assignments.reduce(set, story.session) }, assignments));
}

/** Behind it, they are what they were before. */
export function restore(story: Story, assignments: readonly Assignment[], before: Session): Story {
  if (assignments.length === 0) return story;
  const localSettings = assignments.reduce((settings, { name }) => {
    const value = before.localSettings.get(name);
    return value === undefined ? settings.without(name) : settings.with(name, value);
  }, story.session.localSettings);
  return followSettings({ ...story, session: { ...story.session, localSettings } });
}

/** Where only the server knows the search path, nobody knows which relations the names behind it mean. */
function behindPath(story: Story, assignments: readonly Assignment[]): Story {
  const isOpen = assignments.some(({ name, value }) => name === 'search_path' && value.kind === 'unreadable');
  return isOpen ? { ...story, catalog: behindCode(story.catalog) } : story;
}

/** `before`: what the statement found, and what its effects speak of. */
function holdLocks(story: Story, before: Catalog, statement: Statement, effects: readonly Effect[]): Story {
  if (story.session.transaction === undefined || effects.length === 0) return story;
  const locks = effects.reduce((held, effect) => holdLock(held, effect, statement, before), story.session.locks);
  const followed = effects.reduce((held, { relation }) => followLock(held, relation, statement, story.catalog), locks);
  return followed === story.session.locks ? story : { ...story, session: { ...story.session, locks: followed } };
}

function holdLock(held: HeldLocks, effect: Effect, { span }: Statement, before: Catalog): HeldLocks {
  const { relation, lock } = effect;
  const isHeld = held.on(relation).some(({ mode }) => !isStronger(lock, mode));
  if (isHeld || !before.isLive(relation)) return held;
  const isIndex = assumptionOf(effect)?.kind === 'index-table' || before.isIndexName(relation);
  return held.with({ relation, isIndex, mode: lock, since: span }, before.rootOf(relation));
}

function followLock(held: HeldLocks, relation: QualifiedName, statement: Statement, after: Catalog): HeldLocks {
  return after.find(relation) === 'absent' ? held.follow(relation, newNameOf(relation, statement)) : held;
}

/** Of a relation that has gone; undefined where it was dropped. */
function newNameOf({ schema, name }: QualifiedName, statement: Statement): QualifiedName | undefined {
  const moved = statement.kind === 'schema' ? statement.changes.find(({ kind }) => kind === 'rename-relation' || kind === 'set-schema') : undefined;
  if (moved?.kind === 'rename-relation') return { schema, name: moved.to };
  return moved?.kind === 'set-schema' ? { schema: moved.schema, name } : undefined;
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
function set(session: Session, { name, value, scope }: Assignment): Session {
  if (!isAccepted(name, value)) return session;
  const next = isPerhaps(value) && settingInForce(session, name)?.kind === 'text' ? onlyTheServerKnows : value;
  if (scope === 'transaction') {
    return session.transaction ? { ...session, localSettings: session.localSettings.with(name, next) } : session;
  }
  return { ...session, localSettings: session.localSettings.without(name), sessionSettings: session.sessionSettings.with(name, next) };
}

const onlyTheServerKnows: SettingValue = { kind: 'unreadable' };

/** It was not set, unless it was set before. */
function isPerhaps(value: SettingValue): boolean {
  return value.kind === 'unreadable' && value.isPerhaps === true;
}

/** A duration that PostgreSQL can't read is an error, and the old one stays. */
function isAccepted(name: string, value: SettingValue): boolean {
  return value.kind !== 'text' || !isTimeoutName(name) || parseDuration(value.text) !== undefined;
}

/** Names are looked up along the search path that is in force, and tables are made where the settings say. */
export function followSettings(story: Story): Story {
  const { searchPath, defaultStorage, isPathKnown: wasKnown } = story.catalog.parts;
  const path = pathInForce(story);
  const storage = storageOf(story.session);
  const schemas = path ?? searchPath.filter((schema) => schema !== NOWHERE);
  const isPathKnown = path !== undefined;
  const isSamePath = schemas.length === searchPath.length && schemas.every((schema, place) => schema === searchPath[place]);
  if (isSamePath && isPathKnown === wasKnown && isSameStorage(storage, defaultStorage)) return story;
  return { ...story, catalog: story.catalog.with({ searchPath: schemas, isPathKnown, defaultStorage: storage }) };
}

function storageOf(session: Session): Storage {
  return {
    tablespace: wordOf(session, 'default_tablespace') || ordinaryStorage.tablespace,
    accessMethod: wordOf(session, 'default_table_access_method') || ordinaryStorage.accessMethod,
  };
}

function wordOf(session: Session, name: string): string {
  const value = settingInForce(session, name);
  return value?.kind === 'text' ? value.text : '';
}

function isSameStorage(left: Storage, right: Storage): boolean {
  return left.tablespace === right.tablespace && left.accessMethod === right.accessMethod;
}
