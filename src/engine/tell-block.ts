// Tells a block of code: what is true behind it, whichever way it goes.

import { effectsOf } from '../effects/effects-of.ts';
import { answer } from '../history/answer.ts';
import { eitherStory } from '../history/either-story.ts';
import { endsTransaction, isRefusedInTransaction } from '../effects/refused-in-transaction.ts';
import { foresee, nameOfError } from '../history/foresee.ts';
import type { Presence } from '../history/presence.ts';
import type { Story } from '../history/story.ts';
import { behindCode } from '../history/unread.ts';
import type { Catalog } from '../model/catalog.ts';
import { isRefusal, mayLeave, runsIn, type Block, type BlockArm, type BlockHandler, type BlockNode } from '../model/block.ts';
import { doubtOf, type Effect } from '../model/effect.ts';
import type { Condition } from '../model/condition.ts';
import { deepestBranch } from '../model/limits.ts';
import { timeZoneOf, type Session } from '../model/session.ts';
import type { Statement } from '../model/statement.ts';
import type { Act, Reach, RefusedRun, Step } from '../model/timeline.ts';
import type { PostgresVersion } from '../model/version.ts';

export interface ToldBlock {
  readonly story: Story;
  /** Without what the history shows not to run; a branch that it shows to run stands in the place of its condition. */
  readonly body: Block<Statement>;
  readonly acts: readonly Act[];
  readonly effects: readonly Effect[];
  readonly refused: readonly RefusedRun[];
  /** That of the first statement which locks anything. */
  readonly locking: Session | undefined;
}

/** `isProtected`: behind it an EXCEPTION waits, so that it stands in a transaction inside of the one of the code. */
export type TellStatement = (statement: Statement, story: Story, reached: Reach, isProtected: boolean) => { readonly step: Step; readonly story: Story };

/** `effectsOnOthers`: of a step, what it does to what it has not made itself. */
export function tellBody(
  body: Block<Statement>,
  place: Place,
  version: PostgresVersion,
  tell: TellStatement,
  effectsOnOthers: (step: Step) => readonly Effect[],
): ToldBlock {
  const walk = new Walk(version, tell, effectsOnOthers);
  const passage = walk.block(body, place, []);
  const behind = eitherStory([...(passage.story ? [passage.story] : []), ...walk.returned]) ?? place.story;
  return { story: behind, body: passage.body, acts: walk.acts, effects: walk.effects, refused: walk.refused, locking: walk.locking };
}

/** Where the code comes to a statement, and what is true there. */
export interface Place {
  readonly story: Story;
  readonly reached: Reach;
}

/** `story`: undefined where nothing gets to the end. */
interface Passage {
  readonly story: Story | undefined;
  readonly reached: Reach;
  readonly body: Block<Statement>;
}

class Walk {
  readonly acts: Act[] = [];
  readonly effects: Effect[] = [];
  readonly refused: RefusedRun[] = [];
  /** Where it may have returned. */
  readonly returned: Story[] = [];
  locking: Session | undefined;
  /** So many branches lie around what is told. */
  #depth = 0;
  /** What the EXCEPTION of each block waits for that lies around what is told. */
  #awaited: readonly (readonly string[])[] = [];
  readonly #answered = new Map<Condition, Presence>();
  readonly #version: PostgresVersion;
  readonly #tell: TellStatement;
  readonly #effectsOnOthers: (step: Step) => readonly Effect[];

  constructor(version: PostgresVersion, tell: TellStatement, effectsOnOthers: (step: Step) => readonly Effect[]) {
    this.#version = version;
    this.#tell = tell;
    this.#effectsOnOthers = effectsOnOthers;
  }

  /** `exits`: gets the stories that leave the loop around it. */
  block(block: Block<Statement>, { story: start, reached: from }: Place, exits: Story[]): Passage {
    const body: BlockNode<Statement>[] = [];
    let story: Story | undefined = start;
    let reached = from;
    for (const node of block) {
      if (story === undefined) break;
      const passage = this.#node(node, { story, reached }, exits);
      body.push(...passage.body);
      ({ story, reached } = passage);
    }
    return { story, reached, body };
  }

  #node(node: BlockNode<Statement>, place: Place, exits: Story[]): Passage {
    switch (node.kind) {
      case 'run':
        return this.#run(node.what, place);
      case 'ask':
        this.#answered.set(node.question, answer(node.question, place.story.catalog, this.#answered));
        return { ...place, body: [] };
      case 'leave':
        if (node.what === 'all') this.returned.push(place.story);
        if (node.what === 'loop') exits.push(place.story);
        return { ...place, story: undefined, body: [node] };
      case 'loop':
        return this.#loop(node.body, place);
      case 'choice':
        return this.#choice(node.arms, place, exits);
      case 'attempt':
        return this.#attempt(node.body, node.handlers, place, exits);
    }
  }

  #run(statement: Statement, { story, reached }: Place): Passage {
    const told = this.#tell(statement, story, reached, this.#awaited.length > 0);
    this.acts.push(...told.step.acts);
    this.effects.push(...this.#effectsOnOthers(told.step));
    if (told.step.effects.length > 0) this.locking ??= told.step.session;
    const own: readonly RefusedRun[] = told.step.transaction === 'forbidden' ? [{ statement, reached, isCaught: false }] : [];
    for (const one of [...own, ...told.step.refused]) this.refused.push({ ...one, isCaught: one.isCaught || this.#isAwaited(one.statement) });
    return { story: told.story, reached, body: [{ kind: 'run', what: told.step.statement }] };
  }

  #isAwaited(statement: Statement): boolean {
    return this.#awaited.some((errors) => isAwaitedBy(errors, statement));
  }

  /** Where several ways meet. */
  #behind(stories: readonly Story[]): Story | undefined {
    if (this.#depth < deepestBranch) return eitherStory(stories);
    const last = stories.at(-1);
    return last && { ...last, catalog: behindCode(last.catalog) };
  }

  /** It may not run. */
  #aside(block: Block<Statement>, { story }: Place, exits: Story[]): Passage {
    const first = this.acts.length;
    this.#depth += 1;
    const passage = this.block(block, { story, reached: 'perhaps' }, exits);
    this.#depth -= 1;
    const outcome = passage.story?.catalog ?? this.acts.at(-1)?.after;
    // What stands in a branch of this one has its outcome by now.
    for (let index = first; index < this.acts.length; index += 1) {
      const act = this.acts[index];
      if (act && !('outcome' in act)) this.acts[index] = { outcome, ...act };
    }
    return passage;
  }

  #loop(block: Block<Statement>, place: Place): Passage {
    const exits: Story[] = [];
    const { story, body } = this.#aside(block, place, exits);
    const node = { kind: 'loop', body } as const;
    return { story: this.#behind([place.story, ...(story ? [story] : []), ...exits]), reached: behind(node, place), body: [node] };
  }

  #choice(arms: readonly BlockArm<Statement>[], place: Place, exits: Story[]): Passage {
    const open: BlockArm<Statement>[] = [];
    for (const arm of arms) {
      const isTaken = answer(arm.condition, place.story.catalog, this.#answered);
      if (isTaken === true && open.length === 0) return this.block(arm.body, guarded(place), exits);
      if (isTaken !== false) open.push(arm);
      if (isTaken === true) return this.#branches(open, [], place, exits);
    }
    return open.length === 0 ? { ...place, body: [] } : this.#branches(open, [place.story], place, exits);
  }

  /** One of them runs, or none of them: `others` is what is true then. */
  #branches(arms: readonly BlockArm<Statement>[], others: readonly Story[], place: Place, exits: Story[]): Passage {
    const told = arms.map(({ condition, body }) => ({ condition, passage: this.#aside(body, place, exits) }));
    const stories = told.flatMap(({ passage }) => passage.story ?? []);
    const node = { kind: 'choice', arms: told.map(({ condition, passage: { body } }) => ({ condition, body })) } as const;
    return { story: this.#behind([...stories, ...others]), reached: behind(node, place), body: [node] };
  }

  /** Where all errors are passed on, the body runs or the migration fails. */
  #attempt(body: Block<Statement>, handlers: readonly BlockHandler<Statement>[], place: Place, exits: Story[]): Passage {
    const catching = handlers.filter((handler) => !isRefusal(handler.body));
    if (catching.length === 0) return this.block(body, place, exits);
    const errors = catching.flatMap((handler) => handler.errors);
    const isPlain = body.every((node) => node.kind === 'run');
    const outcome = isPlain ? foresee(runsIn(body), errors, place.story.catalog, this.#version, isRefused) : undefined;
    if (outcome?.kind === 'succeeds') return this.#awaiting(errors, () => this.block(body, guarded(place), exits));
    if (outcome?.kind === 'refused') return this.#refusal(outcome.statement, handlers, place, exits);
    const handler = outcome?.kind === 'fails' ? handlers.find((one) => one.errors.some((error) => error === 'others' || nameOfError(error) === outcome.error)) : undefined;
    if (outcome?.kind === 'fails' && handler) {
      // It waits for its lock before it is refused.
      const waited = effectsOf(outcome.change, { catalog: outcome.before, version: this.#version, timeZone: timeZoneOf(place.story.session) });
      this.effects.push(...effectsWhere('perhaps', waited.map((effect) => ({ ...effect, work: [] }))));
      return this.block(handler.body, guarded(place), exits);
    }
    const tried = this.#awaiting(errors, () => this.#aside(body, place, exits));
    const caught = handlers.map((one) => ({ errors: one.errors, passage: this.#aside(one.body, place, exits) }));
    const stories = [tried, ...caught.map(({ passage }) => passage)].flatMap((passage) => passage.story ?? []);
    const node = { kind: 'attempt', body: tried.body, handlers: caught.map(({ errors: names, passage }) => ({ errors: names, body: passage.body })) } as const;
    return { story: this.#behind(stories), reached: behind(node, place), body: [node] };
  }

  /** It is over before anything is locked. */
  #refusal(statement: Statement, handlers: readonly BlockHandler<Statement>[], place: Place, exits: Story[]): Passage {
    const handler = handlers.find(({ errors }) => isAwaitedBy(errors, statement));
    this.refused.push({ statement, reached: place.reached, isCaught: handler !== undefined });
    return handler ? this.block(handler.body, guarded(place), exits) : { ...place, story: undefined, body: [{ kind: 'run', what: statement }] };
  }

  #awaiting<T>(errors: readonly string[], tell: () => T): T {
    const around = this.#awaited;
    this.#awaited = [...around, errors];
    const told = tell();
    this.#awaited = around;
    return told;
  }
}

/** In a block with EXCEPTION. */
function isRefused(statement: Statement, catalog: Catalog): boolean {
  return endsTransaction(statement) || isRefusedInTransaction(statement, catalog);
}

function isAwaitedBy(errors: readonly string[], { kind }: Statement): boolean {
  const names = ['others', ...(kind === 'transaction' ? ['invalid_transaction_termination', '2D000'] : ['active_sql_transaction', '25001'])];
  return errors.some((error) => names.includes(error));
}

function guarded({ story, reached }: Place): Place {
  return { story, reached: reached === 'always' ? 'guarded' : reached };
}

function behind(node: BlockNode<Statement>, { reached }: Place): Reach {
  return mayLeave(node) ? 'perhaps' : reached;
}

/** All is assumed where it is not known whether the code gets there. */
export function effectsWhere(reached: Reach, effects: readonly Effect[]): readonly Effect[] {
  return reached === 'perhaps' ? effects.map(inBranch) : effects;
}

function inBranch(effect: Effect): Effect {
  return effect.certainty === 'assumed' ? effect : Object.assign({}, effect, doubtOf({ kind: 'branch' }));
}
