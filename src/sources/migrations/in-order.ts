// The order in which a tool runs files.

import { relative } from 'node:path';
import { toSlashes } from '../disk/expand.ts';
import { comparePlaces, type Place } from '../frameworks/framework.ts';
import type { Home } from './home.ts';
import { inNaturalOrder } from './natural-order.ts';

export interface PlacedFile {
  /** Absolute. */
  readonly file: string;
  /** Undefined: the tool does not run it by itself. */
  readonly place: Place | undefined;
}

/** What the tool does not know comes last, by name. Code stands where SQL of its name would. */
export function inOrder(files: readonly string[], { framework, root }: Home): PlacedFile[] {
  const paths = new Map(files.map((file) => [file, asSql(toSlashes(relative(root.path, file)))]));
  const placeOf = framework.places(root, [...paths.values()]);
  const placed = Array.from(paths, ([file, path]) => ({ file, path, place: placeOf(path) }));
  return placed.toSorted((left, right) => {
    if (left.place && right.place) return comparePlaces(left.place, right.place) || inNaturalOrder(left.path, right.path);
    return Number(left.place === undefined) - Number(right.place === undefined) || inNaturalOrder(left.path, right.path);
  });
}

/** A migration in code by the name that SQL in its place would have. */
export function asSql(path: string): string {
  return /\.sql$/i.test(path) ? path : path.replace(/(?:\.\w+)?$/, '.sql');
}
