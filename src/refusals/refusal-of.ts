// The table of all refusals: for each kind of change, what PostgreSQL refuses on every database with this history.
// It is the only place that says so. What depends on rows is not said here, nor what depends on what is not there.

import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Pass } from '../model/pass.ts';
import type { Relation } from '../model/relation.ts';
import { clusterOnRefusal, replicaIdentityRefusal } from './chosen-index.ts';
import * as columns from './column.ts';
import * as forms from './column-form.ts';
import { saidStorageRefusal, setStorageRefusal } from './column-storage.ts';
import * as constraints from './constraint.ts';
import { firstOf, whole, type RefusalFacts } from './facts.ts';
import { foreignKeyRefusal, onlyRefusal } from './foreign-key.ts';
import { functionReplacementRefusal } from './function-replacement.ts';
import { addedKeyRefusal, createIndexRefusal, newIndexesRefusal, saidKeysRefusal } from './key.ts';
import * as partitions from './partition.ts';
import { addedNotNullRefusal, namesRefusal, setNotNullRefusal } from './not-null.ts';
import { persistenceRefusal } from './persistence.ts';
import { relationKindRefusal } from './relation-kind.ts';
import * as states from './state.ts';
import { preparedTypeRefusal, pseudoTypeRefusal, typeChangeRefusal } from './type-change.ts';
import { alterPublicationRefusal, createPublicationRefusal } from './publication.ts';
import { usingIndexRefusal } from './using-index.ts';
import { viewReplacementRefusal } from './view-replacement.ts';

type Refuse<K extends ChangeKind> = (change: ChangeOf<K>, facts: RefusalFacts) => Impossibility | undefined;

const refusalTable: { readonly [K in ChangeKind]?: Refuse<K> } = {
  'create-table': createTableRefusal,
  truncate: states.truncateRefusal,
  inherit: partitions.inheritRefusal,
  'no-inherit': partitions.noInheritRefusal,
  'attach-partition': partitions.attachRefusal,
  'detach-partition': partitions.detachRefusal,
  'set-persistence': persistenceRefusal,
  'set-tablespace': states.setTablespaceRefusal,
  'replica-identity': replicaIdentityRefusal,
  'cluster-on': clusterOnRefusal,
  cluster: clusterOnRefusal,

  'add-column': addColumnRefusal,
  'set-column-storage': setStorageRefusal,
  'drop-column': forms.dropColumnRefusal,
  'rename-column': forms.renameColumnRefusal,
  'alter-column-type': (change, facts) => preparedTypeRefusal(change, facts) ?? typeChangeRefusal(change, facts),
  'set-default': columns.setDefaultRefusal,
  'drop-default': columns.dropDefaultRefusal,
  'set-not-null': setNotNullRefusal,
  'drop-not-null': columns.dropNotNullRefusal,
  'set-expression': columns.expressionRefusal,
  'drop-expression': columns.expressionRefusal,
  'add-identity': columns.addIdentityRefusal,
  'alter-identity': columns.identityRefusal,
  'drop-identity': columns.identityRefusal,
  'add-constraint': addConstraintRefusal,
  'alter-constraint': constraints.alterConstraintRefusal,
  'validate-constraint': constraints.validateRefusal,
  'drop-constraint': constraints.dropConstraintRefusal,
  'rename-constraint': constraints.renameConstraintRefusal,

  'create-index': createIndexRefusal,
  'drop-index': states.dropIndexRefusal,
  'create-trigger': constraints.triggerRefusal,
  'create-view': viewReplacementRefusal,
  refresh: states.refreshRefusal,
  'own-sequence': states.ownSequenceRefusal,
  'attach-index-partition': states.attachIndexRefusal,
  'create-publication': createPublicationRefusal,
  'alter-publication': alterPublicationRefusal,
  'create-function': functionReplacementRefusal,
};

/** Undefined where PostgreSQL may well do it. */
export function refusalOf(change: Change, facts: RefusalFacts): Impossibility | undefined {
  return relationKindRefusal(change, facts) ?? refusalOfKind(change.kind, change, facts);
}

function refusalOfKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>, facts: RefusalFacts): Impossibility | undefined {
  return refusalTable[kind]?.(change, facts);
}

function createTableRefusal(change: ChangeOf<'create-table'>, facts: RefusalFacts): Impossibility | undefined {
  const { before, after } = facts;
  const name = before.creationName(change.table, change.persistence === 'temporary');
  const isAbsent = before.isSurelyAbsent(name);
  if (change.ifNotExists && !isAbsent) return undefined;
  const added = [...change.columns.flatMap((column) => column.constraints), ...change.constraints];
  const said = firstOf(
    ...change.columns.map((column) => () => columns.spellingRefusal(column, name, facts)),
    () => namesRefusal(change, name, facts),
    () => saidKeysRefusal(added, name),
    () => partitions.saidParentsRefusal(change, name, facts),
    ...change.columns.map((column) => () => saidStorageRefusal(column, name, facts)),
    ...change.columns.map((column) => () => pseudoTypeRefusal(name, column, facts)),
  );
  if (said) return { ...said, phase: 'analysis' };
  const own = isAbsent ? whole(change.table, after) : undefined;
  return own?.born?.statement === after.parts.moment.statement ? newTableRefusal(change, own, added, facts) : undefined;
}

function newTableRefusal(change: ChangeOf<'create-table'>, own: Relation, added: readonly Constraint[], facts: RefusalFacts): Impossibility | undefined {
  const early = firstOf(
    () => partitions.newChildRefusal(change, own, facts),
    ...change.columns.map((column) => () => completing('column', columns.definitionRefusal(column, own, facts))),
    () => completing('expression', partitions.newBoundRefusal(change, own, facts)),
  );
  const isKeyLost = change.partitionBy?.reads.some((column) => !own.columns.has(column)) === true;
  if (early || isKeyLost) return early;
  return firstOf(
    ...added.map((constraint) => () => completing(passOfAdded(constraint), addedRefusal(constraint, own, undefined, facts))),
    () => completing('key', newIndexesRefusal(own, undefined, false, facts)),
  );
}

/** What a new table gets when it is there, in the order of the passes of ALTER TABLE. Source: DefineRelation(), and what transformCreateStmt() puts behind it. */
function completing(pass: Pass, found: Impossibility | undefined): Impossibility | undefined {
  return found && { ...found, phase: 'completion', pass };
}

/** PostgreSQL adds the constraints of a new column by actions of their own. */
function inPass(pass: Pass, found: Impossibility | undefined): Impossibility | undefined {
  return found && { pass, ...found };
}

function passOfAdded({ type }: Constraint): Pass {
  if (type === 'check' || type === 'not-null') return 'not-null';
  return type === 'foreign-key' ? 'other' : 'key';
}

function addColumnRefusal(change: ChangeOf<'add-column'>, facts: RefusalFacts): Impossibility | undefined {
  const { table, column } = change;
  const [old, own] = [whole(table, facts.before), whole(table, facts.after)];
  const ofTable = old && columns.columnlessRefusal(old);
  if (!old || !own || ofTable || old.columns.has(column.name)) return ofTable;
  return firstOf(
    () => columns.spellingRefusal(column, old.name, facts),
    () => columns.addedIdentityRefusal(change, old, facts),
    () => saidStorageRefusal(column, old.name, facts),
    () => pseudoTypeRefusal(old.name, column, facts),
    () => columns.definitionRefusal(column, own, facts),
    () => columns.childrenRefusal(change, old, facts),
    ...column.constraints.map((constraint) => () => inPass('included' in constraint ? 'key' : 'other', addedRefusal(constraint, own, old, facts, change.only))),
    () => inPass('key', newIndexesRefusal(own, old, change.only, facts)),
  );
}

function addConstraintRefusal(change: ChangeOf<'add-constraint'>, facts: RefusalFacts): Impossibility | undefined {
  const { table, only, constraint } = change;
  const [old, own] = [whole(table, facts.before), whole(table, facts.after)];
  if (!old || !own) return undefined;
  return firstOf(
    () => (only && constraint.type === 'foreign-key' ? onlyRefusal(own) : undefined),
    () => (constraint.type === 'not-null' ? addedNotNullRefusal(change, constraint, old, facts) : undefined),
    () => addedRefusal(constraint, own, old, facts, only),
    () => newIndexesRefusal(own, old, only, facts),
  );
}

function addedRefusal(constraint: Constraint, own: Relation, old: Relation | undefined, facts: RefusalFacts, isOnly = false): Impossibility | undefined {
  switch (constraint.type) {
    case 'foreign-key':
      return foreignKeyRefusal(constraint, own, facts);
    case 'check':
      return constraints.addedCheckRefusal(constraint, own, isOnly, facts);
    case 'not-null':
      return undefined;
    default:
      return firstOf(
        () => (old ? usingIndexRefusal(constraint, old, facts) : undefined),
        () => addedKeyRefusal(constraint, own, old, isOnly, facts),
      );
  }
}
