// What statements about rows do: to their tables, to those below a view, and to those that rules and foreign keys make them write to.

import type { Assumption } from '../model/assumption.ts';
import type { RuleEvent } from '../model/changes/attachment-changes.ts';
import { mergeEffects, type Effect, type Work } from '../model/effect.ts';
import { followingRows, type KeyChange } from '../model/following-keys.ts';
import type { LockMode } from '../model/lock.ts';
import { printName } from '../model/names.ts';
import type { Relation, RewriteRule } from '../model/relation.ts';
import type { DataVerb, PlannedAction, RowAction, Rows } from '../model/row-action.ts';
import type { StatementOf } from '../model/statement.ts';
import { byExtensions } from './by-extensions.ts';
import { assumedIf, known, lock, lockPartitions, lockUnlessOnly, treeOf, type Facts } from './facts.ts';

/** What a statement about rows does to their tables; one effect for each. */
export function effectsOfRows({ actions, wasPrepared = false }: StatementOf<'data'>, facts: Facts): readonly Effect[] {
  const run = wasPrepared ? actions.filter((action) => leavesQuery(writtenBy(action), facts)) : actions;
  return byExtensions(mergeEffects(run.flatMap((action) => effectsOfAction(writtenBy(action), facts))), facts);
}

/** The body of a SQL function is read when it is made, as far as rules go. Source: fmgr_sql_validator() in src/backend/catalog/pg_proc.c. */
export function effectsOfBody(actions: readonly RowAction[], facts: Facts): Effect[] {
  return actions.flatMap((action) => effectsOfAction({ ...writtenBy(action), stage: 'looked-up' }, facts));
}

/** `stage`: PREPARE and CREATE FUNCTION look up names, EXPLAIN plans what is to be done with the tables below them, all others do it. */
interface Written extends Pick<RowAction, 'target' | 'only' | 'fills'> {
  readonly verb: PlannedAction['verb'];
  readonly rows: Rows['kind'];
  readonly stage: 'looked-up' | 'planned' | 'done';
}

/** An action, and what has to be so for it to come about. */
interface Pending {
  readonly action: Written;
  readonly assumption: Assumption | undefined;
}

/** Each table is followed once for each way to write to it. */
function effectsOfAction(first: Written, facts: Facts): Effect[] {
  const effects: Effect[] = [];
  const seen = new Set<string>();
  const sure = new Map<string, readonly Work[]>();
  const pending: Pending[] = [{ action: first, assumption: undefined }];
  for (const { action, assumption } of pending) {
    const key = `${action.verb} ${printName(facts.catalog.qualify(action.target))}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const isSure = ({ relation, work }: Effect): boolean => {
      const done = sure.get(printName(relation));
      return done !== undefined && work.every((one) => done.includes(one));
    };
    const own = lockTarget(action, facts).filter((effect) => assumption === undefined || !isSure(effect));
    effects.push(...own.map((effect) => assumedIf(assumption, effect)));
    for (const { relation, work } of assumption === undefined ? own : []) sure.set(printName(relation), work);
    pending.push(...[...rewritten(action, facts), ...throughView(action, facts)].map((next) => ({ action: next, assumption })), ...byKeys(action, facts));
  }
  return effects;
}

function writtenBy({ verb, target, only, fills, rows, plans }: RowAction): Written {
  const form = { target, only, fills, rows: rows.kind };
  if (verb !== 'plan') return { ...form, verb, stage: 'done' };
  return { ...form, verb: plans?.verb ?? 'match', stage: plans?.isNamesAlone ? 'looked-up' : 'planned' };
}

const locksOfVerbs: Readonly<Record<Written['verb'], LockMode>> = {
  insert: 'ROW EXCLUSIVE',
  update: 'ROW EXCLUSIVE',
  delete: 'ROW EXCLUSIVE',
  merge: 'ROW EXCLUSIVE',
  match: 'ROW EXCLUSIVE',
  copy: 'ROW EXCLUSIVE',
  'lock-rows': 'ROW SHARE',
};

/** A view has no rows of its own. New rows go to a table or its partitions, never to tables that inherit from it; to which, is seen when there is one. */
function lockTarget(action: Written, facts: Facts): Effect[] {
  const { verb, target, only, stage } = action;
  const mode = locksOfVerbs[verb];
  if (known(target, facts)?.kind === 'view') return lock(target, mode, facts);
  const isNew = verb === 'insert' || verb === 'copy';
  const isAlone = only || stage === 'looked-up' || (stage === 'planned' && isNew) || !isReached(action, facts);
  const locks = isNew ? lockPartitions : lockUnlessOnly;
  return locks(target, isAlone, mode, facts, { work: stage !== 'done' || writesNothing.has(verb) ? [] : ['write'] });
}

const writesNothing: ReadonlySet<DataVerb> = new Set(['lock-rows', 'match']);

/**
 * Are the tables below its target locked too? Where a rule does something else instead, they are if that reads the rows, or chooses by
 * them when to act. Source: rewriteRuleAction() in src/backend/rewrite/rewriteHandler.c.
 */
function isReached(action: Written, facts: Facts): boolean {
  if (!isReplaced(action, facts)) return true;
  const isChosen = action.rows === 'where';
  return action.verb !== 'insert' && rulesFor(action, facts).some(({ readsRows, isConditional, runsQuery }) => readsRows || ((isChosen || isConditional) && runsQuery));
}

/** Nothing is locked for what rules have made nothing of by the time it is executed. */
function leavesQuery(action: Written, facts: Facts): boolean {
  return !isReplaced(action, facts) || rulesFor(action, facts).some(({ runsQuery }) => runsQuery);
}

/** Does a rule do something else instead, whatever the row? */
function isReplaced(action: Written, facts: Facts): boolean {
  return rulesFor(action, facts).some(({ instead, isConditional }) => instead && !isConditional);
}

/** What rules make of it. */
function rewritten(action: Written, facts: Facts): readonly Written[] {
  return rulesFor(action, facts).flatMap(({ actions }) => actions.map((next) => ({ ...writtenBy(next), stage: action.stage })));
}

/** What is written to a view is written to the table or view that it shows, unless code of its own is run instead. */
function throughView(action: Written, facts: Facts): Written[] {
  const view = known(action.target, facts);
  if (view?.kind !== 'view' || action.verb === 'match' || isWrittenInstead(view, action, facts)) return [];
  return view.base ? [{ ...action, target: view.base, only: false }] : [];
}

/** Rows of other tables that refer to what is deleted or changed go with it, or lose what refers to it, if there are any. */
function byKeys(action: Written, facts: Facts): Pending[] {
  const { verb, target, only, fills, stage } = action;
  const { catalog } = facts;
  const changes = stage === 'done' ? changesOf(verb, fills) : [];
  if (changes.length === 0 || isReplaced(action, facts)) return [];
  const tables = [...(only ? [target] : treeOf(target, facts)), ...catalog.partitionedAbove(target).map(({ name }) => name)];
  const following = tables.flatMap((name) => changes.flatMap((change) => followingRows(catalog, name, change, fills)));
  return following.map(({ table, verb: next, columns }) => ({
    action: { verb: next, target: table, only: false, fills: columns, rows: 'where', stage },
    assumption: { kind: 'referencing-rows', table },
  }));
}

/** MERGE may have a DELETE. */
function changesOf(verb: Written['verb'], fills: readonly string[]): KeyChange[] {
  if (verb === 'delete') return ['delete'];
  if (verb === 'merge') return ['delete', 'update'];
  return fills.length > 0 && (verb === 'update' || verb === 'insert') ? ['update'] : [];
}

/** COPY has none. */
function rulesFor(action: Written, facts: Facts): readonly RewriteRule[] {
  const rules = known(action.target, facts)?.rules ?? 'unknown';
  const events = action.verb === 'copy' ? [] : eventsOf(action);
  return rules === 'unknown' ? [] : [...rules.values()].filter(({ event, isEnabled }) => isEnabled && events.includes(event));
}

/** MERGE is refused where there are rules. */
function eventsOf({ verb, fills }: Written): readonly RuleEvent[] {
  switch (verb) {
    case 'insert':
      return fills.length > 0 ? ['insert', 'update'] : ['insert'];
    case 'copy':
      return ['insert'];
    case 'update':
    case 'delete':
      return [verb];
    case 'merge':
    case 'lock-rows':
    case 'match':
      return [];
  }
}

/** Row triggers of a view are INSTEAD OF. Which of its events a MERGE has, nobody knows. */
function isWrittenInstead({ triggers }: Relation, action: Written, facts: Facts): boolean {
  if (rulesFor(action, facts).some(({ instead }) => instead)) return true;
  const [event] = eventsOf(action);
  const isMeant = (one: string): boolean => (event === undefined ? action.verb === 'merge' : event === one);
  return triggers !== 'unknown' && [...triggers.values()].some(({ level, events }) => level === 'row' && events.some(isMeant));
}
