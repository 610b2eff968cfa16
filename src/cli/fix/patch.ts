// Changes of files as a patch that `git apply` takes, from the top of the repository.

import { structuredPatch } from 'diff';
import type { Rename } from '../../model/cure.ts';
import type { FileChange } from '../../project/cures/changes.ts';

/** From the path that reports show to that below the top of the repository. */
type PathOf = (path: string) => string;

export function patches(changes: readonly FileChange[], renames: readonly Rename[], pathOf: PathOf): string {
  const targets = new Map(renames.map(({ from, to }) => [from, to]));
  const changed = new Set(changes.map(({ path }) => path));
  const moved = renames.filter(({ from }) => !changed.has(from)).map((rename) => headOf(rename, pathOf, 'similarity index 100%'));
  return [...changes.map((change) => patchOf(change, targets.get(change.path), pathOf)), ...moved.map(lines)].join('');
}

function patchOf({ path, before, after }: FileChange, to: string | undefined, pathOf: PathOf): string {
  const { hunks } = structuredPatch('', '', before ?? '', after, undefined, undefined, { context: 3 });
  const [old, now] = [named('a', pathOf(path)), named('b', pathOf(to ?? path))];
  const head = to === undefined ? [`diff --git ${old} ${now}`, ...(before === undefined ? ['new file mode 100644'] : [])] : headOf({ from: path, to }, pathOf);
  const names = [`--- ${before === undefined ? '/dev/null' : ending(old)}`, `+++ ${ending(now)}`];
  return lines([...head, ...names, ...hunks.flatMap((hunk) => [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines])]);
}

function headOf({ from, to }: Rename, pathOf: PathOf, ...similarity: readonly string[]): readonly string[] {
  return [`diff --git ${named('a', pathOf(from))} ${named('b', pathOf(to))}`, ...similarity, `rename from ${quotedIfOdd(pathOf(from))}`, `rename to ${quotedIfOdd(pathOf(to))}`];
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${count === 0 ? Math.max(0, start - 1) : start},${count}`;
}

function named(side: 'a' | 'b', path: string): string {
  return quotedIfOdd(`${side}/${path}`);
}

/** Source: quote_c_style() of git's quote.c, for what a line of a patch can't hold as it is. */
function quotedIfOdd(name: string): string {
  if (!/["\\\p{Cc}]/u.test(name)) return name;
  const bytes = Array.from(Buffer.from(name), (byte) => (byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte).replace(/["\\]/, '\\$&')));
  return `"${bytes.join('')}"`;
}

/** Behind a name with a space, a tab says where it ends. */
function ending(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}
