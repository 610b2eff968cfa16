// Which migrations are deployed everywhere: the one that `start-after` names, and what the tool runs before it.

import { relative } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Home } from './home.ts';
import type { PlacedFile } from './in-order.ts';

/**
 * `version`: the name of a migration, with or without `.sql`, or the number that its name begins with. A number that no migration has
 * stands between those below and those above it. Throws a `UserError` for a name that no migration has; `place` is what it shows.
 */
export function deployedFiles(
  version: string,
  ordered: readonly PlacedFile[],
  { framework, root }: Home,
  place: string,
): ReadonlySet<string> {
  const named = ordered
    .filter((one) => one.place !== undefined || framework.name === 'plain')
    .map(({ file }) => ({ file, names: namesOf(toSlashes(relative(root.path, file))) }));
  const exact = named.findLastIndex(({ names }) => names.includes(stemOf(version)));
  if (exact >= 0) return filesOf(named.slice(0, exact + 1));
  const wanted = numbersOf(version);
  if (wanted === undefined) throw new UserError(`start-after: there is no migration "${version}" in "${place}"`);
  const numbered = named.map(({ file, names }) => ({ file, numbers: names.map(numbersOf).find((one) => one !== undefined) }));
  const same = numbered.findLastIndex(({ numbers }) => numbers !== undefined && compareNumbers(numbers, wanted) === 0);
  if (same >= 0) return filesOf(numbered.slice(0, same + 1));
  return filesOf(numbered.filter(({ numbers }) => numbers !== undefined && compareNumbers(numbers, wanted) < 0));
}

function filesOf(placed: readonly { readonly file: string }[]): ReadonlySet<string> {
  return new Set(placed.map(({ file }) => file));
}

/** Of the file and of the folders that it lies in. */
function namesOf(path: string): readonly string[] {
  return [stemOf(path), ...path.split('/').map(stemOf)];
}

function stemOf(path: string): string {
  return path.replace(/(?:\.(?:up|down))?\.sql$/i, '');
}

/** `V1.2__orders`, `0042_orders` and `20240101_120000_orders` begin with numbers. */
function numbersOf(name: string): readonly bigint[] | undefined {
  const numbers = /^[VUB]?(\d+(?:[._-]\d+)*)(?![0-9A-Za-z])/.exec(name)?.[1]?.split(/[._-]/).map(BigInt);
  while (numbers && numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return numbers;
}

function compareNumbers(left: readonly bigint[], right: readonly bigint[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = -1n, other = -1n] = [left[index], right[index]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
