// The table of all refusals: for each kind of change, what PostgreSQL refuses on every database with this history.
// It is the only place that says so. What depends on rows is not said here.

import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Relation } from '../model/relation.ts';
import { firstOf, whole, type RefusalFacts } from './facts.ts';
import { foreignKeyRefusal, onlyRefusal } from './foreign-key.ts';
import { addedKeyRefusal, createIndexRefusal, newIndexesRefusal, primaryKeysRefusal } from './key.ts';
import { usingIndexRefusal } from './using-index.ts';

type RefusalTable = { readonly [K in ChangeKind]?: (change: ChangeOf<K>, facts: RefusalFacts) => Refusal | undefined };

const refusalTable: RefusalTable = {
  'create-table': createTableRefusal,
  'add-column': addColumnRefusal,
  'add-constraint': addConstraintRefusal,
  'create-index': createIndexRefusal,
};

/** Undefined where PostgreSQL may well do it. */
export function refusalOf(change: Change, facts: RefusalFacts): Refusal | undefined {
  return refusalOfKind(change.kind, change, facts);
}

function refusalOfKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>, facts: RefusalFacts): Refusal | undefined {
  return refusalTable[kind]?.(change, facts);
}

function createTableRefusal(change: ChangeOf<'create-table'>, facts: RefusalFacts): Refusal | undefined {
  const { before, after } = facts;
  const own = before.isSurelyAbsent(before.creationName(change.table, change.persistence === 'temporary')) ? whole(change.table, after) : undefined;
  if (own?.born?.statement !== after.parts.moment.statement) return undefined;
  const constraints = [...change.columns.flatMap((column) => column.constraints), ...change.constraints];
  return firstOf(
    () => primaryKeysRefusal(change, own),
    ...constraints.map((constraint) => () => addedRefusal(constraint, own, undefined, facts)),
    () => newIndexesRefusal(own, undefined, facts),
  );
}

function addColumnRefusal({ table, column }: ChangeOf<'add-column'>, facts: RefusalFacts): Refusal | undefined {
  const [old, own] = [whole(table, facts.before), whole(table, facts.after)];
  if (!old || !own || old.columns.has(column.name)) return undefined;
  return firstOf(
    ...column.constraints.map((constraint) => () => addedRefusal(constraint, own, old, facts)),
    () => newIndexesRefusal(own, old, facts),
  );
}

function addConstraintRefusal({ table, only, constraint }: ChangeOf<'add-constraint'>, facts: RefusalFacts): Refusal | undefined {
  const [old, own] = [whole(table, facts.before), whole(table, facts.after)];
  if (!old || !own) return undefined;
  return firstOf(
    () => (only && constraint.type === 'foreign-key' ? onlyRefusal(own) : undefined),
    () => addedRefusal(constraint, own, old, facts),
    () => newIndexesRefusal(own, old, facts),
  );
}

function addedRefusal(constraint: Constraint, own: Relation, old: Relation | undefined, facts: RefusalFacts): Refusal | undefined {
  switch (constraint.type) {
    case 'foreign-key':
      return foreignKeyRefusal(constraint, own, facts);
    case 'check':
    case 'not-null':
      return undefined;
    default:
      return firstOf(
        () => (old ? usingIndexRefusal(constraint, old, facts) : undefined),
        () => addedKeyRefusal(constraint, own, old, facts),
      );
  }
}
