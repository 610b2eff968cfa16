// What is offered for each finding: the cure of it alone, as a report shows it.

import { editBetween, isCurable } from '../../cure/index.ts';
import type { Edit, OfferedCure, PlacedEdit } from '../../model/cure.ts';
import { SourceText, type Range } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { textAt, type Manuscript } from './documents.ts';
import { offerFor, type Offer, type Place } from './trial.ts';

/** By the fingerprints of findings. `isOffered`: whether anybody could still change the file. */
export function offersIn(manuscript: Manuscript, isOffered: (path: string) => boolean): ReadonlyMap<string, OfferedCure> {
  const offers = new Map<string, OfferedCure>();
  for (const place of placesIn(manuscript, isOffered)) {
    const offer = offerFor(place, manuscript);
    if (offer !== undefined && !('why' in offer)) offers.set(place.found.finding.fingerprint, shown(offer, place, manuscript));
  }
  return offers;
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
