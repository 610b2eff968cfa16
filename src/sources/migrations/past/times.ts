// A history as it was, as it is, and as the base has it by now.

import { groupBy } from '../../../text/group-by.ts';
import type { Exclusions } from '../../disk/exclusions.ts';
import type { GitChanges } from '../../git/changes.ts';
import type { Blob } from '../../git/tree.ts';
import { earlierFiles, filesNow, type EarlierFile, type KnownFile } from '../earlier-migrations.ts';
import type { Home } from '../home.ts';
import { movedFrom } from '../moved-folder.ts';
import type { Asking } from '../news.ts';

/** All that is known of a history, as it was and as it is. Only what its tool runs on the way up. */
export interface Times {
  readonly home: Home;
  readonly changes: GitChanges;
  readonly now: readonly KnownFile[];
  readonly base: readonly EarlierFile[];
  /** Of what the base has come to by now; undefined where that is the same. */
  readonly tip: readonly EarlierFile[] | undefined;
  /** What the base had of a file under its identity, or of the folder from which all has moved. */
  readonly olds: (one: KnownFile) => readonly EarlierFile[];
  /** All of the folder has moved: nothing of it is gone. */
  readonly isMoved: boolean;
  /** Somebody asks what of it is new. */
  readonly isAsked: (file: string) => boolean;
}

export function timesOf(home: Home, files: ReadonlyMap<string, Asking>, changes: GitChanges, exclusions: Exclusions): Times {
  const all = [...files.keys()];
  const isUp = ({ place }: KnownFile): boolean => (place === undefined ? home.framework.name === 'plain' : place.role === 'up' && place.isStray !== true);
  const ups = (tree: GitChanges['base']): readonly EarlierFile[] => earlierFiles(home, all, tree, exclusions).filter(isUp);
  const base = ups(changes.base);
  const moved: ReadonlyMap<string, Blob> = base.length === 0 ? movedFrom(home, all, changes) : new Map();
  const byIdentity = groupBy(base, ({ identity }) => identity);
  const before = (one: KnownFile): readonly EarlierFile[] => {
    const blob = moved.get(one.file);
    return byIdentity.get(one.identity) ?? (blob === undefined ? [] : [{ ...one, blob }]);
  };
  return {
    home,
    changes,
    now: filesNow(home, all).filter((one) => isUp(one) && changes.isThere(one.file) && changes.isKnown(one.file)),
    base,
    tip: changes.tip && ups(changes.tip),
    olds: before,
    isMoved: moved.size > 0,
    isAsked: (file) => (files.get(file) ?? 'history') !== 'history',
  };
}

/** One that the base knows under no name. */
export function isNew(one: KnownFile, { olds }: Pick<Times, 'olds'>): boolean {
  return olds(one).length === 0;
}

/** The branch has it from where it is going: nobody brings it here. */
export function isFromTip({ file, identity }: KnownFile, { tip = [], changes }: Times): boolean {
  return tip.some((one) => one.identity === identity && changes.isSame(file, one.blob));
}
