// Cures one finding after another, until none is left that can be cured.

import type { CureLevel, Withheld } from '../../model/cure.ts';
import type { SettledFinding } from '../../engine/settle.ts';
import type { Finding } from '../../model/finding.ts';
import { isCurable } from '../../cure/index.ts';
import type { Manuscript } from './documents.ts';
import { offerFor, type Offer, type Place } from './trial.ts';

/** What may be cured, and how far. */
export interface Wish {
  readonly levels: ReadonlySet<CureLevel>;
  readonly isWanted: (rule: string) => boolean;
  /** Whether the file may be written; of what is written by a cure, it is not asked. */
  readonly mayEdit: (path: string) => boolean;
  /** Whether files may be written beside it. */
  readonly mayAdd: (path: string) => boolean;
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

export function fixAll(manuscript: Manuscript, wish: Wish): Fixed {
  let now = manuscript;
  const cured: Finding[] = [];
  const told = new Map<string, { readonly finding: Finding; readonly level?: CureLevel; readonly why?: string }>();
  for (let place = nextPlace(now, wish, told); place !== undefined; place = nextPlace(now, wish, told)) {
    const { finding } = place.found;
    const offer = permitted(offerFor(place, now), finding, now, wish);
    if (offer === undefined) told.set(keyOf(finding), { finding });
    else if ('why' in offer) told.set(keyOf(finding), { finding, why: offer.why });
    else if (!wish.levels.has(offer.cure.level)) told.set(keyOf(finding), { finding, level: offer.cure.level });
    else {
      cured.push(finding);
      now = offer.after;
    }
  }
  const others = new Map<CureLevel, number>();
  for (const { level } of told.values()) if (level) others.set(level, (others.get(level) ?? 0) + 1);
  return { manuscript: now, cured, others, withheld: [...told.values()].flatMap(({ finding, why }) => (why === undefined ? [] : [{ finding, why }])) };
}

/** Of what is not wished for, nothing is asked. */
function permitted(offer: Offer | Withheld | undefined, { path }: Finding, { workshop }: Manuscript, { levels, mayAdd, whyKept }: Wish): Offer | Withheld | undefined {
  if (offer === undefined || 'why' in offer || !levels.has(offer.cure.level)) return offer;
  if (offer.made.length + offer.beside.size > 0 && !mayAdd(path)) return { why: 'it takes further files, for which standard input has no place; fix the file itself' };
  for (const place of offer.beside.keys()) {
    const other = workshop.shown(place);
    const why = whyKept?.(other, workshop.isWayDown(place, workshop.rootWith(offer.beside)));
    if (why !== undefined) return { why: `${other} would have to change too, but ${why}` };
  }
  return offer;
}

/** The first finding of which nothing has been said yet; limits are set when all else has found its place. */
function nextPlace(manuscript: Manuscript, wish: Wish, told: ReadonlyMap<string, unknown>): Place | undefined {
  return placeOf(manuscript, wish, told, (rule) => !limits.has(rule)) ?? placeOf(manuscript, wish, told, (rule) => limits.has(rule));
}

const limits: ReadonlySet<string> = new Set(['missing-lock-timeout', 'missing-statement-timeout']);

function placeOf({ checked }: Manuscript, { isWanted, mayEdit }: Wish, told: ReadonlyMap<string, unknown>, isTurn: (rule: string) => boolean): Place | undefined {
  const isOpen = ({ finding, suppression }: SettledFinding): boolean =>
    suppression === undefined && isTurn(finding.rule) && isCurable(finding.rule) && isWanted(finding.rule) && !told.has(keyOf(finding));
  for (const [index, { document, examined }] of checked.entries()) {
    if (!document.linted || !(document.isMade || mayEdit(document.path))) continue;
    for (const one of examined) {
      const found = one.found.find(isOpen);
      if (found) return { index, examined: one, found };
    }
  }
  return undefined;
}

/** A finding stays the same when lines move; a repeated one is told apart by its count. */
function keyOf({ path, fingerprint }: Finding): string {
  return `${path}\0${fingerprint}`;
}
