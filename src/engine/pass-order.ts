// PostgreSQL does not run the actions of one ALTER TABLE as they are written, but in passes: what is dropped goes first.
// Source: AlterTablePass in src/backend/commands/tablecmds.c.

import type { Change, ChangeKind } from '../model/change.ts';

const passes: readonly (readonly ChangeKind[])[] = [
  ['drop-column', 'drop-constraint', 'drop-not-null', 'drop-expression', 'drop-identity'],
  ['alter-column-type'],
  ['set-expression'],
  ['add-column'],
  [
    'set-not-null',
    'set-column-statistics',
    'set-column-storage',
    'add-identity',
    'alter-identity',
    'set-default',
    'drop-default',
  ],
  ['add-constraint'],
];

export function inPassOrder(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes;
  return changes.toSorted((left, right) => passOf(left) - passOf(right));
}

/** All others come last. */
function passOf({ kind }: Change): number {
  const pass = passes.findIndex((kinds) => kinds.includes(kind));
  return pass < 0 ? passes.length : pass;
}
