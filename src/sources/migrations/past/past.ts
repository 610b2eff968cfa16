// What a change does to the past of a history: migrations that have run and are edited, renamed or gone, and new ones that come late or
// bear a version that another one has.

import { join } from 'node:path';
import type { Exclusions } from '../../disk/exclusions.ts';
import type { GitChanges } from '../../git/changes.ts';
import type { Home } from '../home.ts';
import type { Asking } from '../news.ts';
import type { Withheld } from '../../../model/cure.ts';
import { deletedIn } from './deleted.ts';
import { editedIn } from './edited.ts';
import { forksIn } from './forks.ts';
import { lateIn } from './late.ts';
import { movesOf, type MovedMigration } from './moves.ts';
import type { PastFact } from './past-fact.ts';
import { timesOf } from './times.ts';
import { twinsIn } from './twins.ts';

export interface Past {
  readonly home: Home;
  /** As people call what the branch left. */
  readonly baseName: string;
  /** The file that holds the checksums of the migrations is made anew. */
  readonly areSumsNew: boolean;
  readonly facts: readonly PastFact[];
  /** Other names for new migrations that come late or bear a version twice, and for those that have to stay behind them. `wrong`: absolute. */
  readonly moves: (wrong: ReadonlySet<string>) => readonly MovedMigration[] | Withheld;
}

/** `startAfter`: the last version that is deployed everywhere. Nothing is said of what is known by its text alone. */
export function pastOf(home: Home, files: ReadonlyMap<string, Asking>, changes: GitChanges, exclusions: Exclusions, startAfter: string | undefined): Past {
  const past = { home, baseName: changes.baseName, areSumsNew: areSumsNew(home, changes) };
  if (home.framework.remembers === 'contents') return { ...past, facts: [], moves: () => [] };
  const times = timesOf(home, files, changes, exclusions);
  const renamed = deletedIn(times, startAfter);
  const edited = editedIn(times);
  const twins = twinsIn(times);
  const spoken = new Set([...renamed, ...twins].map(({ file }) => file));
  const orders = home.framework.conduct?.revisionOf === undefined ? lateIn(times) : forksIn(times);
  const facts = [...edited, ...renamed, ...twins, ...orders.filter(({ file }) => !spoken.has(file))];
  return { ...past, facts, moves: (wrong) => (wrong.size === 0 ? [] : movesOf(wrong, times)) };
}

function areSumsNew({ root, framework: { conduct } }: Home, { base, isSame }: GitChanges): boolean {
  const file = conduct?.sums === undefined ? undefined : join(root.path, conduct.sums);
  const blob = file === undefined ? undefined : base.blobAt(file);
  return file !== undefined && blob !== undefined && !isSame(file, blob);
}
