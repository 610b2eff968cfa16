// A cure is tried before it is offered: what it writes is read, told and judged, and has to be better than what was there.

import { ailmentOf, cureOf, editBetween, edited, joined, mayComeBehind, mayPass, movedBy, type Remedied } from '../../cure/index.ts';
import type { Cure, Edit, Withheld } from '../../model/cure.ts';
import { isAtLeast, type Severity } from '../../model/finding.ts';
import type { SettledFinding } from '../../engine/settle.ts';
import type { Examined } from '../../engine/lint.ts';
import { countFrom, rewritten, rootOf, withParts, type Checked, type Document, type Manuscript } from './documents.ts';
import { adapted, writingOf, type Written } from './writing.ts';

/** A cure that was tried. */
export interface Offer {
  readonly cure: Cure;
  /** All edits of the document itself, marks included. */
  readonly edits: readonly Edit[];
  /** Files that are to be written. */
  readonly made: readonly Document[];
  /** Other files that change, as they are then: by path below the root. */
  readonly beside: ReadonlyMap<string, string>;
  readonly after: Manuscript;
}

export interface Place {
  /** Of the document. */
  readonly index: number;
  readonly examined: Examined;
  readonly found: SettledFinding;
}

/** A cure that was not tried yet. */
export interface Idea extends Remedied {
  readonly place: Place;
}

/** Undefined where no cure is known. */
export function offerFor(place: Place, manuscript: Manuscript): Offer | Withheld | undefined {
  const idea = ideaFor(place, manuscript);
  return idea === undefined || 'why' in idea ? idea : offerOf([idea], manuscript);
}

/** Undefined where no cure is known. */
export function ideaFor(place: Place, { workshop }: Manuscript): Idea | Withheld | undefined {
  const { timeline, migration } = place.examined;
  const ailment = ailmentOf(place.found.draft, timeline, migration.parts);
  const cure = ailment && cureOf(ailment, workshop.ways);
  if (ailment === undefined || cure === undefined) return undefined;
  if (migration.isInCode) return { why: 'its migration is code: "pgmigrate-lint explain --plan" says what to write there' };
  if ('why' in cure) return cure;
  if (timeline.source.passages.length > 0) return { why: 'the statement stands in a file that another one includes' };
  if (migration.direction !== 'up' && (cure.leaves || cure.further.length > 0)) return { why: 'it stands in a way down, behind which no other migration comes' };
  return { place, ailment, cure };
}

/** Of cures that can be joined, all in one go. */
export function offerOf(ideas: readonly Idea[], manuscript: Manuscript): Offer | Withheld | undefined {
  const [{ place = undefined } = {}] = ideas;
  if (place === undefined) return undefined;
  const { index, examined } = place;
  const cure = joined(ideas, examined.timeline.source);
  const document = manuscript.checked[index]?.document;
  if (cure === undefined || document === undefined) return undefined;
  const written = firstInOrder(cure, ideas, place, manuscript);
  if ('why' in written) return written;
  const { last, edits, made, beside } = written;
  const between = manuscript.checked.slice(index + 1, last + 1).map(({ document }) => document);
  const cured: Document = { ...document, text: edited(document.text, edits) };
  const told = rewritten(manuscript, index, last + 1 - index, [cured, ...between, ...made], new Map([...manuscript.beside, ...beside]));
  const after = withAftercare(withParts(told, manuscript, index), index, made, cure.further.length);
  const why = whyWorse(ideas, { before: manuscript, after, index });
  if (why !== undefined) return { why };
  const places = new Set(made.map((one) => one.place));
  const text = after.checked[index]?.document.text ?? cured.text;
  return {
    cure,
    edits: text === cured.text ? edits : [editBetween(document.text, text)],
    made: after.checked.flatMap(({ document: one }) => (places.has(one.place) ? [one] : [])),
    beside,
    after,
  };
}

interface Tried extends Written {
  /** The document behind which they stand. */
  readonly last: number;
}

/** Right behind the document, or behind a later one that nothing of it is needed for: where the tool runs them in that order. */
function firstInOrder(cure: Cure, ideas: readonly Idea[], { index, examined }: Place, manuscript: Manuscript): Tried | Withheld {
  let why: string | undefined;
  for (const last of placesBehind(index, ideas, cure, manuscript)) {
    const written = writingOf(cure, examined, { index, last }, manuscript);
    const reason = 'why' in written ? written.why : whyMisplaced(written, last, manuscript);
    if (reason === undefined && !('why' in written)) return { ...written, last };
    why ??= reason;
  }
  return { why: why ?? 'the file is not known' };
}

/**
 * The last document of its own: itself, or what cures have written behind it; and each later one that may be run before what the cure writes.
 * Of several cures, each may find another one: together they have their own alone.
 */
function* placesBehind(index: number, ideas: readonly Idea[], { further }: Cure, { checked }: Manuscript): Generator<number> {
  const [idea, ...others] = ideas;
  const moved = ideas.flatMap(({ cure, ailment }) => movedBy(cure, ailment).map((step) => ({ step, source: ailment.timeline.source })));
  const isPassed = (examined: Checked['examined']): boolean => moved.every(({ step, source }) => examined.every(({ timeline }) => mayPass([step], source, timeline.steps, timeline.source)));
  let last = index;
  for (let next = checked[last + 1]; next?.document.isMade === true && isPassed(next.examined); next = checked[last + 1]) last += 1;
  yield last;
  if (idea === undefined || others.length > 0) return;
  for (let later = last + 1; further.length > 0 && later < checked.length; later += 1) {
    if (!(checked[later]?.examined ?? []).every(({ timeline }) => mayComeBehind(idea.ailment, timeline.steps, timeline.source))) return;
    yield later;
  }
}

/** Undefined: the tool runs what was written behind the document, and all else as it did before. */
function whyMisplaced({ made, beside }: Written, last: number, manuscript: Manuscript): string | undefined {
  const ways = made.filter(({ isMigration }) => isMigration).map(({ place }) => place);
  if (ways.length === 0) return undefined;
  const { workshop, checked } = manuscript;
  const documents = checked.map(({ document }) => document);
  const root = rootOf({ ...manuscript, beside: new Map([...manuscript.beside, ...beside]) }, [...documents, ...made]);
  const meant = [...documents.slice(0, last + 1), ...made, ...documents.slice(last + 1)].filter(({ isMigration }) => isMigration).map(({ place }) => place);
  const ordered = workshop.ordered(meant, root);
  const [unknown] = ways.filter((place) => !ordered.includes(place));
  if (unknown !== undefined) return `${workshop.framework.title} would not run a migration that is called ${unknown}`;
  const known = new Set(ordered);
  const run = ordered.filter((place) => meant.includes(place));
  const isAsMeant = meant.filter((place) => known.has(place)).every((place, at) => run[at] === place);
  return isAsMeant ? undefined : `${workshop.framework.title} would not run ${ways[0] ?? ''} right behind ${documents[last]?.place ?? ''}`;
}

/** What was written gets what every migration needs: a limit for its locks. */
function withAftercare(manuscript: Manuscript, index: number, made: readonly Document[], further: number): Manuscript {
  const places = new Set(made.map(({ place }) => place));
  const isNew = ({ document: { place } }: Checked, at: number): boolean => at >= index && (places.has(place) || (at === index && made.length === 0 && further > 0));
  const inFirst = limited(manuscript, isNew, 1);
  return inFirst === manuscript ? manuscript : limited(inFirst, isNew, Infinity);
}

/**
 * Each of its migrations: in a file that holds several, what is new stands among others. `most`: migrations that get one. Where they
 * share a session, the limit of the first holds for the others too: what they still miss is known when that was told.
 */
function limited(manuscript: Manuscript, isNew: (checked: Checked, at: number) => boolean, most: number): Manuscript {
  const { checked, workshop } = manuscript;
  const missing = checked.flatMap((one, at) => (isNew(one, at) ? one.examined.map((examined) => ({ at, edits: limitsOf(examined, manuscript) })) : [])).filter(({ edits }) => edits.length > 0);
  const [first] = missing;
  if (first === undefined) return manuscript;
  const editsAt = new Map<number, Edit[]>();
  for (const { at, edits } of missing.slice(0, most)) editsAt.set(at, [...(editsAt.get(at) ?? []), ...edits]);
  const documents = checked.slice(first.at).map(({ document }, behind): Document => {
    const edits = editsAt.get(first.at + behind);
    return edits === undefined ? document : { ...document, text: edited(document.text, adapted(edits, document.text, workshop.framework)) };
  });
  return rewritten(manuscript, first.at, documents.length, documents);
}

function limitsOf({ found, timeline, migration }: Examined, { workshop }: Manuscript): readonly Edit[] {
  const missing = found.find(({ finding }) => finding.rule === 'missing-lock-timeout');
  const ailment = missing && ailmentOf(missing.draft, timeline, migration.parts);
  const cure = ailment && cureOf(ailment, workshop.ways);
  return cure === undefined || 'why' in cure || cure.further.length > 0 ? [] : cure.edits;
}

interface Outcome {
  readonly before: Manuscript;
  readonly after: Manuscript;
  readonly index: number;
}

/** Undefined: the findings are gone, and no other of their severities has come. */
function whyWorse(ideas: readonly Idea[], outcome: Outcome): string | undefined {
  for (const severity of new Set(ideas.map(({ place }) => place.found.finding.severity))) {
    const why = whyWorseAt(severity, ideas.filter(({ place }) => isAtLeast(place.found.finding.severity, severity)), outcome);
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyWorseAt(severity: Severity, ideas: readonly Idea[], { before, after, index }: Outcome): string | undefined {
  const [old, now] = [countFrom(before, index, severity), countFrom(after, index, severity)];
  const cured = new Map<string, number>();
  for (const { place: { found: { finding: { rule } } } } of ideas) cured.set(rule, (cured.get(rule) ?? 0) + 1);
  const isGone = ({ place: { found: { finding: { rule }, draft } }, cure: { isOneOfMany } }: Idea): boolean => {
    const [oldCount, count] = [old.get(rule) ?? 0, now.get(rule) ?? 0];
    const statement = before.checked[index]?.document.text.slice(draft.statement.start, draft.statement.end) ?? '';
    return isOneOfMany ? count <= oldCount && !isFoundFor(statement, rule, after) : count <= oldCount - (cured.get(rule) ?? 0);
  };
  if (!ideas.every(isGone)) return 'the fix would not make it go away';
  const [worse] = [...now].filter(([rule, times]) => !cured.has(rule) && times > (old.get(rule) ?? 0));
  return worse === undefined ? undefined : `the fix would bring a finding of ${worse[0]}`;
}

function isFoundFor(statement: string, rule: string, { checked }: Manuscript): boolean {
  return checked.some(({ document, examined }) => examined.some(({ found }) => found.some(({ finding, draft }) => finding.rule === rule && document.text.slice(draft.statement.start, draft.statement.end) === statement)));
}
