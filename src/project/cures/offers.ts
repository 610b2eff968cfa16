// What is offered for each finding: the cure of it alone, as a report shows it.

import { isCurable } from '../../cure/index.ts';
import type { Examined, Judgement } from '../../engine/lint.ts';
import type { OfferedCure } from '../../model/cure.ts';
import { manuscriptOf, type Manuscript } from './documents.ts';
import { offerFor, type Offer, type Place } from './trial.ts';
import type { Workshop } from './workshop.ts';

/** What was told of a history. `workshop`: undefined where nothing of it can be written. */
export interface ToldHistory {
  readonly told: readonly Examined[];
  readonly workshop: Workshop | undefined;
}

/** By the fingerprints of findings. `isOffered`: whether anybody could still change the file. */
export function offersInHistories(histories: readonly ToldHistory[], judgement: Judgement, isOffered: (path: string) => boolean): Offers {
  const all = histories.flatMap(({ told, workshop }) => (workshop === undefined ? [] : [offersIn(manuscriptOf(told, workshop, judgement), isOffered)]));
  return { cures: new Map(all.flatMap(({ cures }) => [...cures])), areAll: all.every(({ areAll }) => areAll) };
}

export interface Offers {
  readonly cures: ReadonlyMap<string, OfferedCure>;
  /** False: there may be more. */
  readonly areAll: boolean;
}

/**
 * Statements that are told once more for the offers of a report: each cure is tried on all that stands from its file on, so a file of
 * thousands of findings would keep its reader waiting for minutes. `--fix` has no such limit.
 */
const MOST_STATEMENTS = 4_000;

export function offersIn(manuscript: Manuscript, isOffered: (path: string) => boolean): Offers {
  const cures = new Map<string, OfferedCure>();
  let room = MOST_STATEMENTS;
  for (const place of placesIn(manuscript, isOffered)) {
    room -= statementsFrom(manuscript, place.index);
    if (room < 0) return { cures, areAll: false };
    const offer = offerFor(place, manuscript);
    if (offer !== undefined && !('why' in offer)) cures.set(place.found.finding.fingerprint, shown(offer, place));
  }
  return { cures, areAll: true };
}

function statementsFrom({ checked }: Manuscript, index: number): number {
  return checked.slice(index).reduce((sum, { examined }) => sum + examined.reduce((own, { timeline }) => own + timeline.steps.length, 0), 0);
}

function placesIn({ checked }: Manuscript, isOffered: (path: string) => boolean): readonly Place[] {
  return checked.flatMap(({ document, examined }, index) => {
    if (!document.linted || !isOffered(document.path)) return [];
    return examined.flatMap((one) => one.found.flatMap((found) => (found.suppression === undefined && isCurable(found.finding.rule) ? [{ index, examined: one, found }] : [])));
  });
}

function shown({ cure, edits, made }: Offer, { examined: { timeline: { source } } }: Place): OfferedCure {
  return {
    level: cure.level,
    title: cure.title,
    edits: edits.map(({ span, text }) => ({ path: source.path, ...rangeOf(span, source), text })),
    files: made.map(({ path, text }) => ({ path, text })),
  };
}

/** An edit that only inserts ends where it begins. */
function rangeOf(span: Offer['edits'][number]['span'], source: Place['examined']['timeline']['source']): ReturnType<typeof source.rangeOf> {
  const { line, column } = source.positionOf(span.start);
  const end = source.positionOf(span.end);
  return { line, column, endLine: end.line, endColumn: end.column };
}
