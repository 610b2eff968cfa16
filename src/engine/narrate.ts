// Tells a migration as a story: each statement with what is true before it, what PostgreSQL does about it, and what is true behind it.

import { effectsOf, effectsOfRows } from '../effects/effects-of.ts';
import { isRefusedInTransaction } from '../effects/refused-in-transaction.ts';
import { changedSettings, doubtSettings } from '../history/doubt-settings.ts';
import { advance } from '../history/advance.ts';
import { apply, applyRows } from '../history/apply.ts';
import { resolveCalls } from '../history/resolve-calls.ts';
import { openPart } from '../history/open-part.ts';
import { atNextMoment, continueMigration, openMigration, type Scene, type Story } from '../history/story.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import { HeldLocks } from '../model/held-locks.ts';
import { doubtOf, mergeEffects, type Effect } from '../model/effect.ts';
import type { Session } from '../model/session.ts';
import type { BlockPart, Statement, StatementOf } from '../model/statement.ts';
import type { Act, PlacedAct, Step, Timeline, TransactionPlace } from '../model/timeline.ts';
import { assumedVersion, type PostgresVersion, type VersionSource } from '../model/version.ts';
import { beginningIn } from '../text/beginning-in.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import { inPassOrder } from './pass-order.ts';

export interface Told {
  readonly timeline: Timeline;
  /** Behind the last statement. */
  readonly story: Story;
}

/** How far a history has been told. */
export interface Reached {
  readonly catalog: Catalog;
  /** The last migration on the way up, and where it ended. */
  readonly behind?: { readonly migration: ParsedMigration; readonly story: Story };
  /** One of them is linted: the batch has begun. */
  readonly isInBatch?: boolean;
}

/** How far it is told behind a migration on the way up. */
export function behindOf(migration: ParsedMigration, story: Story, { isInBatch = false }: Reached): Reached {
  return { catalog: story.catalog, behind: { migration, story }, isInBatch: isInBatch || migration.linted };
}

/** A new connection, unless the migration goes on in the session of the one before it. */
export function opening(migration: ParsedMigration, { catalog, behind, isInBatch = false }: Reached, scene: Omit<Scene, 'isSameBatch'>): Story {
  const isContinued = behind !== undefined && migration.direction === 'up' && continues(migration, behind.migration);
  return isContinued ? continueMigration(behind.story) : openMigration(catalog, { ...scene, isSameBatch: isInBatch });
}

/** All pending files of a tool that runs them in one transaction are in it; those of the history were committed. */
function continues(migration: ParsedMigration, before: ParsedMigration): boolean {
  const areOneRun = [before, migration].every(({ linted, parts }) => linted && parts.every(({ transaction }) => transaction === 'run'));
  return migration.isContinued || areOneRun;
}

/** `opened`: where the migration starts. `versionSource` is for rules alone. */
export function narrate(
  migration: ParsedMigration,
  opened: Story,
  version: PostgresVersion,
  versionSource: VersionSource = assumedVersion.versionSource,
): Told {
  const steps: Step[] = [];
  let story = opened;
  const inPart = partStarts(migration);
  for (const statement of migration.parsed.statements) {
    const next = tell(statement, inPart(statement, story), version);
    steps.push(next.step);
    story = next.story;
  }
  return { timeline: timelineOf(migration, steps, story.session, versionSource), story };
}

/** Before the first statement of each part, what the tool does there; before all others, the story as it is. */
export function partStarts({ parts, parsed, leaving }: ParsedMigration): (statement: Statement, story: Story) => Story {
  const starts = new Map<Statement, (story: Story) => Story>();
  const places = parts.map(({ spans }) => spans);
  const statements = beginningIn(places, parsed.statements, ({ span }) => span);
  const problems = beginningIn(places, parsed.problems, ({ span }) => span);
  for (const [index, { transaction }] of parts.entries()) {
    const { 0: first, length = 0 } = statements[index] ?? [];
    const count = length + (problems[index]?.length ?? 0);
    if (first) starts.set(first, (story) => (story.isContinued ? story : openPart(story, { mode: transaction, statements: count, leaving })));
  }
  return (statement, story) => starts.get(statement)?.(story) ?? story;
}

/** Acts are sorted by kind when the first rule asks for them. */
function timelineOf(
  { source, goesOn, isRunKnown }: ParsedMigration,
  steps: readonly Step[],
  session: Session,
  versionSource: VersionSource,
): Timeline {
  let acts: Timeline['acts'] | undefined;
  return {
    source,
    steps,
    ending: goesOn ? undefined : session,
    isRunKnown,
    versionSource,
    get acts() {
      return (acts ??= byKind(steps));
    },
  };
}

/** As if the migration ended behind them. */
export function firstSteps(timeline: Timeline, count: number): Timeline {
  const steps = timeline.steps.slice(0, count);
  const { source, ending, isRunKnown, versionSource } = timeline;
  return { source, steps, ending, isRunKnown, versionSource, acts: byKind(steps) };
}

function byKind(steps: readonly Step[]): Timeline['acts'] {
  const acts = new Map<ChangeKind, PlacedAct[]>();
  for (const step of steps) {
    for (const act of step.acts) {
      const placed = { step, ...act };
      const others = acts.get(act.change.kind);
      if (others) others.push(placed);
      else acts.set(act.change.kind, [placed]);
    }
  }
  return acts;
}

/** One statement: what happens, and how the story goes on. */
export function tell(statement: Statement, told: Story, version: PostgresVersion): ToldStatement {
  return tellNow(statement, atNextMoment(told), version);
}

interface ToldStatement {
  readonly step: Step;
  readonly story: Story;
}

function tellNow(read: Statement, story: Story, version: PostgresVersion): ToldStatement {
  if (read.kind === 'block') return tellBlock(read, story, version);
  const { catalog: before, session } = story;
  const statement = read.kind === 'opaque' ? resolveCalls(read, before) : read;
  const acts = statement.kind === 'schema' ? actsOf(statement.changes, before, version) : [];
  const effects =
    statement.kind === 'data'
      ? effectsOfRows(statement, { catalog: before, version })
      : mergeEffects(othersOf(acts));
  const changed = statement.kind === 'data' ? applyRows(before, statement) : (acts.at(-1)?.after ?? before);
  const next = advance(story, statement, effects, changed);
  const transaction = placeOf(statement, story);
  return { step: { statement, before, after: next.catalog, session, acts, effects, transaction, version }, story: next };
}

/**
 * One statement that runs others, in one transaction; of what it may run, all is assumed. Its session is that of the first part that
 * locks anything.
 */
function tellBlock(statement: StatementOf<'block'>, story: Story, version: PostgresVersion): ToldStatement {
  const acts: Act[] = [];
  const effects: Effect[] = [];
  const parts: BlockPart[] = [];
  let inner = insideTransaction(story);
  let locking: Session | undefined;
  const unsure = new Set<string>();
  for (const part of statement.parts) {
    const told = tellNow(part.statement, inner, version);
    parts.push({ ...part, statement: told.step.statement });
    const doubted = (all: readonly Effect[]): readonly Effect[] => (part.certain ? all : all.map(inBranch));
    acts.push(...told.step.acts.map((act) => ({ ...act, effects: doubted(act.effects) })));
    effects.push(...doubted(effectsOnOthers(told.step)));
    if (told.step.effects.length > 0) locking ??= told.step.session;
    for (const name of changedSettings(inner.session, told.story.session)) {
      if (part.certain) unsure.delete(name);
      else unsure.add(name);
    }
    inner = !part.certain && removes(part.statement) ? { ...told.story, catalog: inner.catalog } : told.story;
  }
  const { catalog } = story;
  const { transaction: outer } = story.session;
  const session = locking ? { ...locking, transaction: outer } : story.session;
  const left = doubtSettings(inner.session, unsure);
  const after = outer ? { ...inner, session: left } : { ...inner, session: { ...left, transaction: undefined, localSettings: new Map(), locks: HeldLocks.none } };
  const transaction = outer ? 'inside' : 'own';
  const step = { statement: { ...statement, parts }, before: catalog, after: after.catalog, session, acts, effects: mergeEffects(effects), transaction, version } as const;
  return { step, story: after };
}

/** What may be gone is taken to be there still. */
function removes(statement: Statement): boolean {
  return statement.kind === 'schema' && statement.changes.some(({ kind }) => kind === 'drop-table' || kind === 'drop-view' || kind === 'drop-schema');
}

function insideTransaction(story: Story): Story {
  const { session, catalog } = story;
  if (session.transaction) return story;
  return { ...story, session: { ...session, transaction: { openedBy: 'statement', since: catalog.parts.moment.statement } } };
}

function inBranch(effect: Effect): Effect {
  return effect.certainty === 'assumed' ? effect : Object.assign({}, effect, doubtOf({ kind: 'branch' }));
}

function actsOf(changes: readonly Change[], start: Catalog, version: PostgresVersion): Act[] {
  const acts: Act[] = [];
  let before = start;
  for (const change of inPassOrder(changes)) {
    if (change.onlyIf && before.isSurelyAbsent(change.onlyIf)) continue;
    const effects = effectsOf(change, { catalog: before, version });
    const after = apply(before, change, version);
    acts.push({ change, before, after, effects });
    before = after;
  }
  return acts;
}

function othersOf(acts: readonly Act[]): Effect[] {
  const effects: Effect[] = [];
  for (const act of acts) effects.push(...effectsOnOthers(act));
  return effects;
}

/** Without those on what the statement itself has made by then. */
function effectsOnOthers({ effects, before }: Pick<Act, 'effects' | 'before'>): readonly Effect[] {
  const isOwn = ({ relation: name }: Effect): boolean => {
    const relation = before.find(name);
    const born = relation === 'absent' || relation === 'unknown' ? undefined : relation.born;
    return born?.statement === before.parts.moment.statement;
  };
  return effects.some(isOwn) ? effects.filter((effect) => !isOwn(effect)) : effects;
}

function placeOf(statement: Statement, story: Story): TransactionPlace {
  if (isRefusedInTransaction(statement, story.catalog)) return 'forbidden';
  const opens = statement.kind === 'transaction' && statement.action.kind === 'begin';
  return opens || story.session.transaction ? 'inside' : 'own';
}
