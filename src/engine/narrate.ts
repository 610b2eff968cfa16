// Tells a migration as a story: each statement with what is true before it, what PostgreSQL does about it, and what is true behind it.

import { effectsOf } from '../effects/effects-of.ts';
import { endsTransaction, isRefusedInTransaction } from '../effects/refused-in-transaction.ts';
import { effectsOfRows } from '../effects/row-effects.ts';
import { together } from '../effects/together.ts';
import { advance, assign, restore } from '../history/advance.ts';
import { apply, applyRows } from '../history/apply.ts';
import { eitherStory } from '../history/either-story.ts';
import { dropAtCommit } from '../history/end-temporary.ts';
import { setInEachRun } from '../history/connection-defaults.ts';
import { afterRefusal, isContradicted, refusalsOf, refusalsOfChange } from '../history/refusals/refusals-of.ts';
import { meetStrangers } from '../history/strangers.ts';
import { atNextMoment, continueMigration, joinRun, openMigration, reopenMigration, type Scene, type Story } from '../history/story.ts';
import type { Block } from '../model/block.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeKind } from '../model/change.ts';
import { HeldLocks } from '../model/held-locks.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import { mergeEffects, type Effect } from '../model/effect.ts';
import type { Part } from '../model/migration.ts';
import { timeZoneOf, type Session } from '../model/session.ts';
import type { Statement, StatementOf } from '../model/statement.ts';
import { StepLinks } from '../model/step-links.ts';
import type { Act, PlacedAct, Reach, Step, Timeline, TransactionPlace } from '../model/timeline.ts';
import { assumedVersion, type PostgresVersion, type VersionSource } from '../model/version.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { refusalOf } from '../refusals/refusal-of.ts';
import { between } from './between.ts';
import { Following } from './following.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import { inPassOrder } from './pass-order.ts';
import { effectsWhere, tellBody } from './tell-block.ts';

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
export function behindOf(migration: ParsedMigration, story: Story, before: Reached): Reached {
  const { isInBatch = false } = before;
  const isInDoubt = migration.runs === 'perhaps' || migration.runs === 'somewhere';
  const told = isInDoubt ? (eitherStory([story, passedOver(story, before)]) ?? story) : story;
  const { catalog, session } = told;
  const isForAll = migration.runs === 'always' && session.sessionSettings.size > 0;
  return {
    catalog: isForAll ? setInEachRun(catalog, session.sessionSettings) : catalog,
    behind: { migration, story: told },
    isInBatch: isInBatch || migration.linted,
  };
}

/** As if the migration had not been run. */
function passedOver(story: Story, { catalog, behind }: Reached): Story {
  const sessionSettings = behind?.story.session.sessionSettings ?? OrderedMap.empty();
  return { ...story, catalog, session: { ...story.session, sessionSettings } };
}

/** A new connection, unless the migration goes on in the session of the one before it. */
export function opening(migration: ParsedMigration, { catalog, behind, isInBatch = false }: Reached, scene: Omit<Scene, 'isSameBatch'>): Story {
  const before = migration.direction === 'up' ? behind : undefined;
  if (before && (migration.joins === 'transaction' || migration.joins === 'session')) return continueMigration(before.story);
  const opened = openMigration(catalog, { ...scene, isSameBatch: isInBatch });
  if (before && areOneRun(before.migration, migration)) return joinRun(opened, before.story);
  return behind !== undefined && migration.joins === 'connection' ? reopenMigration(opened, behind.story) : opened;
}

/** All pending files of a tool that runs them in one transaction are in it; those of the history were committed. */
function areOneRun(...migrations: readonly ParsedMigration[]): boolean {
  return migrations.every(({ linted, parts }) => linted && parts.every(({ transaction }) => transaction === 'run'));
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
  const { before, behindAll } = between(migration);
  for (const statement of migration.parsed.statements) {
    const next = tell(statement, before(statement, story), version, reachOf(statement, migration));
    steps.push(next.step);
    story = next.story;
  }
  story = behindAll(story);
  return { timeline: timelineOf(migration, steps, story.session, versionSource), story };
}

/** Where the migration is run in some databases, all of it is run there, but for what stands in a branch of its script. */
export function reachOf({ isConditional }: Statement, { runs }: ParsedMigration): Reach {
  return isConditional || runs === 'perhaps' ? 'perhaps' : 'always';
}

/** Acts are sorted by kind when the first rule asks for them. */
function timelineOf(
  { source, goesOn, isRunKnown, parts }: ParsedMigration,
  steps: readonly Step[],
  session: Session,
  versionSource: VersionSource,
): Timeline {
  let acts: Timeline['acts'] | undefined;
  return {
    source,
    steps,
    ending: goesOn || isEndedByTool(parts) ? undefined : session,
    isRunKnown,
    versionSource,
    isOneMessage: parts.some(({ transaction }) => transaction === 'batch'),
    links: new StepLinks(steps),
    get acts() {
      return (acts ??= byKind(steps));
    },
  };
}

/** Whatever is open at the end, the tool commits. */
function isEndedByTool(parts: readonly Part[]): boolean {
  const mode = parts.at(-1)?.transaction;
  return mode === 'file' || mode === 'run';
}

/** As if the migration ended behind them. */
export function firstSteps(timeline: Timeline, count: number): Timeline {
  const steps = timeline.steps.slice(0, count);
  const { source, ending, isRunKnown, isOneMessage, versionSource } = timeline;
  return { source, steps, ending, isRunKnown, isOneMessage, versionSource, acts: byKind(steps), links: new StepLinks(steps) };
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

/** One statement: what happens, and how the story goes on where it is reached; `eitherStory` says what is true where it may not be. */
export function tell(statement: Statement, told: Story, version: PostgresVersion, reached: Reach = 'always'): ToldStatement {
  return tellNow(statement, atNextMoment(told), { version, reached, following: new Following(), code: 'none' });
}

interface ToldStatement {
  readonly step: Step;
  readonly story: Story;
}

/** `code`: whether it stands in a block or a function, and whether that may end its transaction. */
interface Circumstances {
  readonly version: PostgresVersion;
  readonly reached: Reach;
  readonly following: Following;
  readonly code: 'none' | 'ends-transactions' | 'in-a-transaction';
}

function tellNow(read: Statement, story: Story, circumstances: Circumstances): ToldStatement {
  const { following } = circumstances;
  const called = following.callsOf(read, story.catalog);
  if (called.length > 0) return tellWithCalls(read, called, story, circumstances);
  return read.kind === 'block' ? tellBlock(read, story, circumstances) : tellAlone(following.placed(read), story, circumstances);
}

/** Of the code that a statement runs. A block or a procedure may end the transaction that PostgreSQL opened for it alone. */
function codeIn({ session }: Story, { code }: Circumstances): Circumstances['code'] {
  return code !== 'none' ? code : session.transaction ? 'in-a-transaction' : 'ends-transactions';
}

/** What it calls is told before what it does itself. */
function tellWithCalls(
  read: Statement,
  called: Block<Statement>,
  story: Story,
  circumstances: Circumstances,
): ToldStatement {
  const { version, reached } = circumstances;
  const code = codeIn(story, circumstances);
  const tellPart = (part: Statement, inner: Story, isReached: Reach): ToldStatement => tellNow(part, inner, { ...circumstances, reached: isReached, code });
  const told = tellBody(called, { story: insideTransaction(story), reached }, version, tellPart, effectsOnOthers);
  const own = tellAlone(read, told.story, circumstances);
  const { session, catalog } = story;
  const first = told.locking ?? own.step.session;
  return {
    step: {
      refusals: own.step.refusals,
      statement: { ...own.step.statement, called: told.body },
      before: catalog,
      after: own.step.after,
      session: { ...first, transaction: session.transaction },
      acts: [...told.acts, ...own.step.acts],
      effects: mergeEffects([...told.effects, ...effectsOnOthers(own.step)]),
      transaction: placeOf(read, story, circumstances),
      refused: told.refused,
      version,
    },
    story: session.transaction ? own.story : atItsEnd(own.story),
  };
}

function tellAlone(statement: Statement, story: Story, circumstances: Circumstances): ToldStatement {
  const { version, reached } = circumstances;
  const { catalog: before, session } = story;
  const acts = statement.kind === 'schema' ? actsOf(statement, story, version, reached) : [];
  const effects =
    statement.kind === 'data'
      ? effectsWhere(reached, effectsOfRows(statement, { catalog: before, version, timeZone: timeZoneOf(session) }))
      : mergeEffects(othersOf(acts));
  const changed = statement.kind === 'data' ? applyRows(before, statement) : (acts.at(-1)?.after ?? before);
  const refusals = reached === 'always' && !statement.isConditional ? refusalsOf(statement, acts, before, changed, version) : [];
  const met = reached === 'perhaps' ? changed : meetStrangers(changed, strangersOf(statement, acts, before));
  const told = refusals.length > 0 ? afterRefusal(met) : met;
  const next = advance(story, statement, effects, told);
  const transaction = placeOf(statement, story, circumstances);
  return { step: { statement, before, after: next.catalog, session, acts, effects, refusals, transaction, refused: [], version }, story: next };
}

/** One statement that runs others, in one transaction. */
function tellBlock(statement: StatementOf<'block'>, story: Story, circumstances: Circumstances): ToldStatement {
  const { version, reached, following } = circumstances;
  const inside = following.into(statement);
  const settings = statement.run?.body.settings ?? [];
  const code = mayEndTransactions(statement, settings.length > 0) ? codeIn(story, circumstances) : 'in-a-transaction';
  const tellPart = (part: Statement, inner: Story, isReached: Reach, isProtected: boolean): ToldStatement =>
    tellNow(part, inner, { version, reached: isReached, following: inside.following, code: isProtected ? 'in-a-transaction' : code });
  const begun = settings.length > 0 ? assign(insideTransaction(story), settings) : insideTransaction(story);
  const { story: ended, ...told } = tellBody(inside.body, { story: begun, reached }, version, tellPart, effectsOnOthers);
  const { acts, body, locking } = told;
  const behind = restore(ended, settings, story.session);
  const { catalog } = story;
  const { transaction: outer } = story.session;
  const session = locking ? { ...locking, transaction: outer } : story.session;
  const after = outer ? behind : atItsEnd(behind);
  const transaction = outer ? 'inside' : 'own';
  const effects = mergeEffects(told.effects);
  return {
    step: {
      statement: { ...statement, body },
      before: catalog,
      after: after.catalog,
      session,
      acts,
      effects,
      refusals: acts.filter(({ reached: isReached }) => isReached === 'always').flatMap((act) => refusalsOfChange(act, version)),
      transaction,
      refused: told.refused,
      version,
    },
    story: after,
  };
}

/** A block itself, and a procedure without a SET of its own; a function never. */
function mayEndTransactions({ run, command }: StatementOf<'block'>, hasSettings: boolean): boolean {
  return run === undefined || (command === 'CALL' && !run.isImplied && !hasSettings);
}

/** The transaction that PostgreSQL opened for it is over. */
function atItsEnd(story: Story): Story {
  return { ...story, catalog: dropAtCommit(story.catalog), session: { ...story.session, transaction: undefined, localSettings: OrderedMap.empty(), locks: HeldLocks.none } };
}

function insideTransaction(story: Story): Story {
  const { session, catalog } = story;
  if (session.transaction) return story;
  return { ...story, session: { ...session, transaction: { openedBy: 'statement', since: catalog.parts.moment.statement } } };
}

function actsOf({ changes, hasPlaceholders }: StatementOf<'schema'>, { catalog, session }: Story, version: PostgresVersion, reached: Reach): Act[] {
  const isCertain = reached !== 'perhaps' && !hasPlaceholders && !isContradicted(catalog);
  const acts: Act[] = [];
  const timeZone = timeZoneOf(session);
  let before = catalog;
  for (const change of inPassOrder(changes)) {
    if (change.onlyIf && before.isSurelyAbsent(change.onlyIf)) continue;
    const effects = effectsOf(change, { catalog: before, version, timeZone });
    const after = apply(before, change, version);
    const impossibility = isCertain ? refusalOf(change, { before, after, beginning: catalog, version, beside: changes }) : undefined;
    acts.push({ change, before, after, effects, reached, impossibility });
    before = after;
  }
  const effects = acts.length < 2 ? acts.map((act) => act.effects) : together(acts, { version, timeZone });
  return acts.map((act, index) => ({ ...act, effects: effectsWhere(reached, effects[index] ?? []) }));
}

/** Tables that nobody made, and that have to be there. Behind what could not be read, somebody may have made them. */
function strangersOf(statement: Statement, acts: readonly Act[], before: Catalog): QualifiedName[] {
  if (!before.isWhole()) return [];
  if (statement.kind === 'data') return statement.actions.map(({ target }) => before.qualify(target)).filter((name) => isStranger(name, before));
  return acts.flatMap(strangersIn);
}

function strangersIn({ change, effects, before }: Act): QualifiedName[] {
  const isOptional = change.onlyIf !== undefined || ('ifExists' in change && change.ifExists);
  return isOptional ? [] : effects.map(({ relation }) => relation).filter((name) => isStranger(name, before));
}

function isStranger(name: QualifiedName, { parts: { relations, indexes } }: Catalog): boolean {
  const key = printName(name);
  return relations.get(key) === undefined && indexes.get(key) === undefined;
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

function placeOf(statement: Statement, story: Story, { code }: Circumstances): TransactionPlace {
  if (isRefusedInTransaction(statement, story.catalog) || (code === 'in-a-transaction' && endsTransaction(statement))) return 'forbidden';
  const opens = statement.kind === 'transaction' && statement.action.kind === 'begin';
  return opens || story.session.transaction ? 'inside' : 'own';
}
