// Migrations of the base that are not there any more, or under a name by which their tool does not know them.

import { deployedFiles } from '../deployed.ts';
import type { EarlierFile } from '../earlier-migrations.ts';
import { directoryAt } from '../earlier-migrations.ts';
import { inOrder } from '../in-order.ts';
import type { PastFact } from './past-fact.ts';
import { isNew, type Times } from './times.ts';

/** Of what is deployed everywhere, `startAfter` or before it, the files may go: that is how a history is squashed. */
export function deletedIn(times: Times, startAfter: string | undefined): readonly PastFact[] {
  const { now, base, tip, changes, home, isMoved, isAsked } = times;
  if (isMoved || !now.some(({ file }) => isAsked(file))) return [];
  const present = new Set(now.map(({ identity }) => identity));
  const onTip = tip && new Set(tip.map(({ identity }) => identity));
  const isGone = ({ file, identity, place }: EarlierFile): boolean =>
    !present.has(identity) && !changes.isThere(file) && (place?.isRepeatable !== true || home.framework.conduct?.missesRepeatable === true) && onTip?.has(identity) !== false;
  const gone = base.filter(isGone);
  const deployed = gone.length > 0 && startAfter !== undefined ? deployedThen(times, startAfter) : new Set<string>();
  return gone
    .filter(({ file }) => !deployed.has(file))
    .map(({ file, blob }): PastFact => {
      const heir = now.find((one) => isNew(one, times) && changes.isSame(one.file, blob));
      return heir ? { kind: 'renamed', file: heir.file, was: file, isAnother: true } : { kind: 'deleted', file };
    });
}

function deployedThen({ home, base, changes }: Times, startAfter: string): ReadonlySet<string> {
  const then = { framework: home.framework, root: directoryAt(home.root.path, changes.base) };
  return deployedFiles(startAfter, inOrder(base.map(({ file }) => file), then), then, home.root.path).files;
}
