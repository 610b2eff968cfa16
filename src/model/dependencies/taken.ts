// All that goes with parts of the catalog, and what refuses that they go.

import type { Catalog } from '../catalog.ts';
import type { PostgresVersion } from '../version.ts';
import { dependentsOf, type Dependent } from './dependents.ts';
import { partKey, wholesOf, type Part } from './part.ts';

/** With CASCADE: whatever depends on them, and on that. In the order in which it is found; without `parts` themselves. */
export function takenBy(parts: readonly Part[], catalog: Catalog, version: PostgresVersion): Dependent[] {
  return walk(parts, catalog, version, () => true).taken;
}

/** Without CASCADE: what depends on them and does not go along by itself. */
export function refusalsOf(parts: readonly Part[], catalog: Catalog, version: PostgresVersion): Dependent[] {
  const { seen, met } = walk(parts, catalog, version, ({ refuses }) => !refuses);
  const isTaken = (part: Part): boolean => [part, ...wholesOf(part)].some((one) => seen.has(partKey(one)));
  return met.filter(({ part, refuses }) => refuses && !isTaken(part));
}

interface Walk {
  readonly taken: Dependent[];
  readonly seen: ReadonlySet<string>;
  /** All dependents, those that are not followed too. */
  readonly met: readonly Dependent[];
}

function walk(parts: readonly Part[], catalog: Catalog, version: PostgresVersion, follows: (one: Dependent) => boolean): Walk {
  const seen = new Set(parts.map(partKey));
  const [taken, met]: [Dependent[], Dependent[]] = [[], []];
  const pending = parts.map((part): Dependent => ({ part, refuses: false, isSure: true }));
  for (const { part, isSure } of pending) {
    for (const found of dependentsOf(part, catalog, version)) {
      const dependent = isSure ? found : { ...found, isSure: false };
      met.push(dependent);
      if (!follows(dependent) || [dependent.part, ...wholesOf(dependent.part)].some((one) => seen.has(partKey(one)))) continue;
      seen.add(partKey(dependent.part));
      taken.push(dependent);
      pending.push(dependent);
    }
  }
  return { taken, seen, met };
}
