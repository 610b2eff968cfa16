// What is offered for each finding: the cure of it alone, as a report shows it.

import { editBetween, isCurable } from '../../cure/index.ts';
import type { Examined, Judgement } from '../../engine/lint.ts';
import type { Edit, OfferedCure, PlacedEdit } from '../../model/cure.ts';
import { SourceText, type Range } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { manuscriptOf, textAt, type Manuscript } from './documents.ts';
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
    if (offer !== undefined && !('why' in offer)) cures.set(place.found.finding.fingerprint, shown(offer, place, manuscript));
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

function shown({ cure, edits, made, beside }: Offer, { examined: { timeline: { source } } }: Place, manuscript: Manuscript): OfferedCure {
  return {
    level: cure.level,
    title: cure.title,
    edits: [...edits.map((edit) => placed(edit, source)), ...Array.from(beside, ([path, text]) => editOf(path, text, manuscript))],
    files: made.map(({ path, text }) => ({ path, text })),
  };
}

/** Of another file: a list of all migrations, or a way down. */
function editOf(place: string, text: string, manuscript: Manuscript): PlacedEdit {
  const source = new SourceText(manuscript.workshop.shown(place), textAt(place, manuscript));
  return placed(editBetween(source.text, text), source);
}

function placed({ span, text }: Edit, source: SourceText): PlacedEdit {
  return { path: source.path, ...rangeOf(span, source), text };
}

/** An edit that only inserts ends where it begins. */
function rangeOf(span: Span, source: SourceText): Range {
  const { line, column } = source.positionOf(span.start);
  const end = source.positionOf(span.end);
  return { line, column, endLine: end.line, endColumn: end.column };
}
