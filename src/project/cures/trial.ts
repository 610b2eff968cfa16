// A cure is tried before it is offered: what it writes is read, told and judged, and has to be better than what was there.

import { ailmentOf, cureOf, editBetween, edited, mayComeBehind, type Ailment } from '../../cure/index.ts';
import type { Cure, Edit, Withheld } from '../../model/cure.ts';
import type { SettledFinding } from '../../engine/settle.ts';
import type { Examined } from '../../engine/lint.ts';
import { countFrom, rewritten, rootOf, withParts, type Document, type Manuscript } from './documents.ts';
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

/** Undefined where no cure is known. */
export function offerFor(place: Place, manuscript: Manuscript): Offer | Withheld | undefined {
  const { index, examined, found } = place;
  const { timeline, migration } = examined;
  const ailment = ailmentOf(found.draft, timeline, migration.parts);
  const cure = ailment && cureOf(ailment, manuscript.workshop.ways);
  if (ailment === undefined || cure === undefined) return undefined;
  if ('why' in cure) return cure;
  if (timeline.source.passages.length > 0) return { why: 'the statement stands in a file that another one includes' };
  if (migration.direction !== 'up' && (cure.leaves || cure.further.length > 0)) return { why: 'it stands in a way down, behind which no other migration comes' };
  const document = manuscript.checked[index]?.document;
  if (document === undefined) return undefined;
  const written = firstInOrder(cure, ailment, place, manuscript);
  if ('why' in written) return written;
  const { last, edits, made, beside } = written;
  const between = manuscript.checked.slice(index + 1, last + 1).map(({ document }) => document);
  const cured: Document = { ...document, text: edited(document.text, edits) };
  const told = rewritten(manuscript, index, last + 1 - index, [cured, ...between, ...made], new Map([...manuscript.beside, ...beside]));
  const after = withAftercare(withParts(told, manuscript, index), index, made, cure.further.length);
  const why = whyWorse(found, cure, { before: manuscript, after, index });
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
function firstInOrder(cure: Cure, ailment: Ailment, { index, examined }: Place, manuscript: Manuscript): Tried | Withheld {
  let why: string | undefined;
  for (const last of placesBehind(index, ailment, cure, manuscript)) {
    const written = writingOf(cure, examined, { index, last }, manuscript);
    const reason = 'why' in written ? written.why : whyMisplaced(written, last, manuscript);
    if (reason === undefined && !('why' in written)) return { ...written, last };
    why ??= reason;
  }
  return { why: why ?? 'the file is not known' };
}

/** The last document of its own: itself, or what cures have written behind it; and each later one that may be run before what the cure writes. */
function* placesBehind(index: number, ailment: Ailment, { further }: Cure, { checked }: Manuscript): Generator<number> {
  let last = index;
  while (checked[last + 1]?.document.isMade === true) last += 1;
  yield last;
  for (let later = last + 1; further.length > 0 && later < checked.length; later += 1) {
    if (!(checked[later]?.examined ?? []).every(({ timeline }) => mayComeBehind(ailment, timeline.steps, timeline.source))) return;
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
  let now = manuscript;
  const places = new Set(made.map(({ place }) => place));
  const count = now.checked.length;
  for (let at = index; at < count; at += 1) {
    const checked = now.checked[at];
    if (checked === undefined || !(places.has(checked.document.place) || (at === index && made.length === 0 && further > 0))) continue;
    now = limited(now, at);
  }
  return now;
}

/** Each of its migrations: in a file that holds several, what is new stands among others. */
function limited(manuscript: Manuscript, at: number): Manuscript {
  let now = manuscript;
  for (let part = 0; part < (now.checked[at]?.examined.length ?? 0); part += 1) {
    const checked = now.checked[at];
    const examined = checked?.examined[part];
    const found = examined?.found.find(({ finding }) => finding.rule === 'missing-lock-timeout');
    const ailment = found && examined && ailmentOf(found.draft, examined.timeline, examined.migration.parts);
    const cure = ailment && cureOf(ailment, now.workshop.ways);
    if (checked === undefined || cure === undefined || 'why' in cure || cure.further.length > 0) continue;
    const { document } = checked;
    now = rewritten(now, at, 1, [{ ...document, text: edited(document.text, adapted(cure.edits, document.text, now.workshop.framework)) }]);
  }
  return now;
}

interface Outcome {
  readonly before: Manuscript;
  readonly after: Manuscript;
  readonly index: number;
}

/** Undefined: the finding is gone, and no other of its severity has come. */
function whyWorse({ finding, draft }: SettledFinding, { isOneOfMany }: Cure, { before, after, index }: Outcome): string | undefined {
  const [old, now] = [countFrom(before, index, finding.severity), countFrom(after, index, finding.severity)];
  const [oldCount, count] = [old.get(finding.rule) ?? 0, now.get(finding.rule) ?? 0];
  const statement = before.checked[index]?.document.text.slice(draft.statement.start, draft.statement.end) ?? '';
  const isGone = isOneOfMany ? count <= oldCount && !isFoundFor(statement, finding.rule, after) : count < oldCount;
  if (!isGone) return 'the fix would not make it go away';
  const [worse] = [...now].filter(([rule, times]) => rule !== finding.rule && times > (old.get(rule) ?? 0));
  return worse === undefined ? undefined : `the fix would bring a finding of ${worse[0]}`;
}

function isFoundFor(statement: string, rule: string, { checked }: Manuscript): boolean {
  return checked.some(({ document, examined }) => examined.some(({ found }) => found.some(({ finding, draft }) => finding.rule === rule && document.text.slice(draft.statement.start, draft.statement.end) === statement)));
}
