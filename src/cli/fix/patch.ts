// Changes of files as a patch that `git apply` takes, from the top of the repository.

import { structuredPatch } from 'diff';
import type { FileChange } from '../../project/cures/changes.ts';

/** `pathOf`: from the path that reports show to that below the top of the repository. */
export function patchOf({ path, before, after }: FileChange, pathOf: (path: string) => string): string {
  const { hunks } = structuredPatch('', '', before ?? '', after, undefined, undefined, { context: 3 });
  const [old, now] = [named('a', pathOf(path)), named('b', pathOf(path))];
  const head = [`diff --git ${old} ${now}`, ...(before === undefined ? ['new file mode 100644'] : []), `--- ${before === undefined ? '/dev/null' : ending(old)}`, `+++ ${ending(now)}`];
  const lines = hunks.flatMap((hunk) => [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines]);
  return [...head, ...lines].map((line) => `${line}\n`).join('');
}

function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${lines === 0 ? Math.max(0, start - 1) : start},${lines}`;
}

/** Source: quote_c_style() of git's quote.c, for what a line of a patch can't hold as it is. */
function named(side: 'a' | 'b', path: string): string {
  const name = `${side}/${path}`;
  if (!/["\\\p{Cc}]/u.test(name)) return name;
  const bytes = Array.from(Buffer.from(name), (byte) => (byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte).replace(/["\\]/, '\\$&')));
  return `"${bytes.join('')}"`;
}

/** Behind a name with a space, a tab says where it ends. */
function ending(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}
