// PostgreSQL does not run the actions of one ALTER TABLE as they are written, but in passes: what is dropped goes first.
// Source: AlterTablePass, ATPrepCmd() and ATParseTransformCmd() in src/backend/commands/tablecmds.c.

import type { Change, ChangeKind } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import { passes, type Pass } from '../model/pass.ts';

/** All others come last. */
const passOfKind: { readonly [K in ChangeKind]?: Pass } = {
  'drop-column': 'drop',
  'drop-constraint': 'drop',
  'drop-default': 'drop',
  'drop-not-null': 'drop',
  'drop-expression': 'drop',
  'drop-identity': 'drop',
  'alter-column-type': 'type',
  'add-column': 'column',
  'set-expression': 'expression',
  'set-not-null': 'set-not-null',
  'set-default': 'other',
  'add-identity': 'other',
};

/** Within a pass, they go as they are written. */
export function inPassOrder(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes;
  return changes.toSorted((left, right) => passes.indexOf(passOf(left)) - passes.indexOf(passOf(right)));
}

export function passOf(change: Change): Pass {
  return change.kind === 'add-constraint' ? passOfConstraint(change.constraint) : (passOfKind[change.kind] ?? 'rest');
}

function passOfConstraint(constraint: Constraint): Pass {
  if (constraint.type === 'not-null') return 'not-null';
  if (!('included' in constraint)) return 'other';
  return constraint.usingIndex === undefined ? 'key' : 'key-over-index';
}
