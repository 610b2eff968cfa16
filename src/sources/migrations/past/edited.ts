// Migrations of the base of which something else stands in their file now, or whose tool looks at a name that is another one.

import { basename } from 'node:path';
import type { KnownFile } from '../earlier-migrations.ts';
import type { PastFact } from './past-fact.ts';
import { isFromTip, type Times } from './times.ts';

export function editedIn(times: Times): readonly PastFact[] {
  return times.now.filter(({ file, place }) => times.isAsked(file) && place?.isRepeatable !== true).flatMap((one) => editOf(one, times) ?? []);
}

function editOf(one: KnownFile, times: Times): PastFact | undefined {
  const { now, olds, changes, home } = times;
  const before = olds(one);
  const [old = undefined] = [...before.filter(({ file }) => file === one.file), ...before];
  if (old === undefined) return undefined;
  const same = before.find(({ blob }) => changes.isSame(one.file, blob));
  const fact = { file: one.file, was: old.file };
  if (same) {
    if (home.framework.conduct?.comparesNames === true && describedIn(same.file) !== describedIn(one.file)) return { kind: 'renamed', file: one.file, was: same.file, isAnother: false };
    const isEndsAlone = changes.hasOtherEnds(one.file, same.blob);
    return isEndsAlone && !isFromTip(one, times) ? { kind: 'edited', ...fact, before: changes.base.contentOf(same.blob), isEndsAlone } : undefined;
  }
  const standsElsewhere = now.some((other) => other !== one && other.identity === one.identity && before.some(({ blob }) => changes.isSame(other.file, blob)));
  if (standsElsewhere || isFromTip(one, times)) return undefined;
  return { kind: 'edited', ...fact, before: changes.base.contentOf(old.blob), isEndsAlone: false };
}

/** `V1__add_orders.sql`: what stands behind the version. */
function describedIn(file: string): string {
  return basename(file).replace(/^[^_]*?\d[\d._]*?__/, '');
}
