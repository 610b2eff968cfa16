// Which migrations of a history are new: those of which an earlier commit has none of that version and content among its migrations.

import { UserError } from '../../model/user-error.ts';
import type { Exclusions } from '../disk/exclusions.ts';
import type { GitChanges } from '../git/changes.ts';
import type { Blob } from '../git/tree.ts';
import { earlierMigrations, identitiesNow } from './earlier-migrations.ts';
import type { Home } from './home.ts';
import { movedFrom } from './moved-folder.ts';

/** How a file came into a run: by its own name, by that of a folder, or because it may come before others. */
export type Asking = 'itself' | 'below' | 'history';

export interface News {
  readonly isNew: (file: string) => boolean;
  /** What there was of a file before, or of all files of which it may hold migrations. */
  readonly earlier: (file: string) => readonly Buffer[];
  /** Of what was asked for: files of which git can't say whether they are new. */
  readonly unknown: readonly string[];
}

/** Without git, all that is asked for. */
export const allNew: News = { isNew: () => true, earlier: () => [], unknown: [] };

/** `files`: all of the history, absolute. Throws a `UserError` where a submodule lacks the commit that it was at. */
export function newsIn(home: Home, files: ReadonlyMap<string, Asking>, changes: GitChanges, exclusions: Exclusions): News {
  const { base, isKnown, isThere, isSame } = changes;
  const all = [...files.keys()];
  const then = earlierMigrations(home, all, base, exclusions);
  refuseLost(all, changes);
  const identities = identitiesNow(home, all);
  const moved = then.size === 0 || home.framework.name === 'plain' ? movedFrom(home, all, changes) : noneMoved;
  const earlierOf = (file: string): readonly Blob[] => then.get(identities.get(file) ?? '') ?? listOf(moved.get(file));
  const isNamed = (file: string): boolean => files.get(file) === 'itself';
  const isAskable = all.some((file) => isKnown(file)) ? () => true : isNamed;
  const isOurs = (file: string): boolean => isAskable(file) && (isThere(file) || (isNamed(file) && !isKnown(file)));
  return {
    isNew: (file) => isOurs(file) && !earlierOf(file).some((blob) => isSame(file, blob)),
    earlier: (file) => earlierOf(file).map((blob) => base.contentOf(blob)),
    unknown: all.filter((file) => files.get(file) !== 'history' && !isAskable(file)),
  };
}

function listOf(blob: Blob | undefined): readonly Blob[] {
  return blob === undefined ? [] : [blob];
}

function refuseLost(files: readonly string[], { base }: GitChanges): void {
  const [module, commit] = files.map((file) => base.lostAt(file)).find((lost) => lost !== undefined) ?? [];
  if (module === undefined) return;
  throw new UserError(`the submodule "${module}" was at commit ${commit}, which is not in its clone, so what is new there is not known; run "git fetch --unshallow" in it first`);
}

const noneMoved: ReadonlyMap<string, Blob> = new Map();
