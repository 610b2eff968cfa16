// Cures one finding after another, until none is left that can be cured.

import type { CureLevel, Withheld } from '../../model/cure.ts';
import type { SettledFinding } from '../../engine/settle.ts';
import type { Finding } from '../../model/finding.ts';
import { isCurable } from '../../cure/index.ts';
import type { Manuscript } from './documents.ts';
import { togetherFrom } from './together.ts';
import { offerOf, type Offer, type Place } from './trial.ts';

/** What may be cured, and how far. */
export interface Wish {
  readonly levels: ReadonlySet<CureLevel>;
  readonly isWanted: (rule: string) => boolean;
  /** Whether the file may be written; of what is written by a cure, it is not asked. */
  readonly mayEdit: (path: string) => boolean;
  /** Why no files may be written beside it; undefined where they may. */
  readonly whyNotAdd?: (path: string) => string | undefined;
  /** Why another file of the tool, a list of all migrations or a way down, has to stay as it is; undefined where it need not. */
  readonly whyKept?: (path: string, isWayDown: boolean) => string | undefined;
}

export interface Fixed {
  readonly manuscript: Manuscript;
  readonly cured: readonly Finding[];
  /** What could be cured by a level that is not wished for. */
  readonly others: ReadonlyMap<CureLevel, number>;
  readonly withheld: readonly WithheldCure[];
}

export interface WithheldCure {
  readonly finding: Finding;
  readonly why: string;
}

/** Cures that stand apart are tried in one go; where that fails, half of them, down to one. */
export function fixAll(manuscript: Manuscript, wish: Wish): Fixed {
  let now = manuscript;
  let most = Infinity;
  const cured: Finding[] = [];
  const told = new Map<string, { readonly finding: Finding; readonly level?: CureLevel; readonly why?: string }>();
  for (let places = nextPlaces(now, wish, told); places[0] !== undefined; places = nextPlaces(now, wish, told)) {
    const [{ found: { finding } }] = places;
    const together = togetherFrom(places, now, { isWished: (level) => wish.levels.has(level), most });
    const ideas = 'why' in together ? [] : together;
    const offer = 'why' in together ? together : permitted(offerOf(ideas, now), finding, now, wish);
    const isWithheld = offer !== undefined && 'why' in offer;
    if (isWithheld && ideas.length > 1) {
      most = Math.floor(ideas.length / 2);
      continue;
    }
    most *= 2;
    if (offer === undefined) told.set(keyOf(finding), { finding });
    else if (isWithheld) told.set(keyOf(finding), { finding, why: offer.why });
    else if (!wish.levels.has(offer.cure.level)) for (const { place, cure } of ideas) told.set(keyOf(place.found.finding), { finding: place.found.finding, level: cure.level });
    else {
      cured.push(...ideas.map(({ place }) => place.found.finding));
      now = offer.after;
    }
  }
  const others = new Map<CureLevel, number>();
  for (const { level } of told.values()) if (level) others.set(level, (others.get(level) ?? 0) + 1);
  return { manuscript: now, cured, others, withheld: [...told.values()].flatMap(({ finding, why }) => (why === undefined ? [] : [{ finding, why }])) };
}

/** Of what is not wished for, nothing is asked. */
function permitted(offer: Offer | Withheld | undefined, { path }: Finding, { workshop }: Manuscript, { levels, whyNotAdd, whyKept }: Wish): Offer | Withheld | undefined {
  if (offer === undefined || 'why' in offer || !levels.has(offer.cure.level)) return offer;
  const whyNot = offer.made.length + offer.beside.size > 0 ? whyNotAdd?.(path) : undefined;
  if (whyNot !== undefined) return { why: `it takes further files, ${whyNot}` };
  for (const place of offer.beside.keys()) {
    const other = workshop.shown(place);
    const why = whyKept?.(other, workshop.isWayDown(place, workshop.rootWith(offer.beside)));
    if (why !== undefined) return { why: `${other} would have to change too, but ${why}` };
  }
  return offer;
}

/** All of the first migration with a finding of which nothing has been said yet; limits are set when all else has found its place. */
function nextPlaces(manuscript: Manuscript, wish: Wish, told: ReadonlyMap<string, unknown>): readonly Place[] {
  const places = placesOf(manuscript, wish, told, (rule) => !limits.has(rule));
  return places.length > 0 ? places : placesOf(manuscript, wish, told, (rule) => limits.has(rule));
}

const limits: ReadonlySet<string> = new Set(['missing-lock-timeout', 'missing-statement-timeout']);

function placesOf({ checked }: Manuscript, { isWanted, mayEdit }: Wish, told: ReadonlyMap<string, unknown>, isTurn: (rule: string) => boolean): readonly Place[] {
  const isOpen = ({ finding, suppression }: SettledFinding): boolean =>
    suppression === undefined && isTurn(finding.rule) && isCurable(finding.rule) && isWanted(finding.rule) && !told.has(keyOf(finding));
  for (const [index, { document, examined }] of checked.entries()) {
    if (!document.linted || !(document.isMade || mayEdit(document.path))) continue;
    for (const one of examined) {
      const open = one.found.filter(isOpen);
      if (open.length > 0) return open.map((found) => ({ index, examined: one, found }));
    }
  }
  return [];
}

/** A finding stays the same when lines move; a repeated one is told apart by its count. */
function keyOf({ path, fingerprint }: Finding): string {
  return `${path}\0${fingerprint}`;
}
