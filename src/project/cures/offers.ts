// What is offered for each finding: the cure of it alone, as a report shows it.

import { isCurable } from '../../cure/index.ts';
import type { OfferedCure } from '../../model/cure.ts';
import type { Manuscript } from './documents.ts';
import { offerFor, type Offer, type Place } from './trial.ts';

/** By the fingerprints of findings. `isOffered`: whether anybody could still change the file. */
export function offersIn(manuscript: Manuscript, isOffered: (path: string) => boolean): ReadonlyMap<string, OfferedCure> {
  const offers = new Map<string, OfferedCure>();
  for (const place of placesIn(manuscript, isOffered)) {
    const offer = offerFor(place, manuscript);
    if (offer !== undefined && !('why' in offer)) offers.set(place.found.finding.fingerprint, shown(offer, place));
  }
  return offers;
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
