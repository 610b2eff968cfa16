// New files that bear the version of another one.

import { groupBy } from '../../../text/group-by.ts';
import type { EarlierFile, KnownFile } from '../earlier-migrations.ts';
import { areOneHistory } from './late.ts';
import type { PastFact } from './past-fact.ts';
import { isNew, type Times } from './times.ts';

export function twinsIn(times: Times): readonly PastFact[] {
  const { now, home, isAsked, changes } = times;
  if (home.framework.conduct?.twins === undefined) return [];
  const isOld = (one: KnownFile): boolean => times.olds(one).some(({ file, blob }) => file === one.file || changes.isSame(one.file, blob));
  return [...groupBy(now, ({ identity }) => identity).values()].flatMap((same) => {
    const [first, ...others] = same.toSorted((left, right) => Number(isOld(right)) - Number(isOld(left)));
    if (first === undefined) return [];
    const ofTip = isNew(first, times) && isAsked(first.file) ? twinOnTip(first, times) : undefined;
    const brought = others.filter((one) => !isOld(one) && isAsked(one.file) && areOneHistory(first, one, times));
    return [...(ofTip ? [ofTip] : []), ...brought.map((one): PastFact => ({ kind: 'twin', file: one.file, other: first.file, isOnTip: false }))];
  });
}

/** What the base has got since the branch left it. */
function twinOnTip(one: KnownFile, times: Times): PastFact | undefined {
  const { tip = [], changes } = times;
  const same = tip.filter(({ identity }: EarlierFile) => identity === one.identity);
  const isKnown = same.some(({ blob }) => changes.isSame(one.file, blob));
  const other = isKnown ? undefined : same.find((twin) => areOneHistory(one, twin, times));
  return other && { kind: 'twin', file: one.file, other: other.file, isOnTip: true };
}
