// What adding, validating, changing and dropping a constraint does: to its table, and to the table that it refers to.

import type { TableConstraint } from '../model/relation.ts';
import type { Assumption } from '../model/assumption.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import { foreignKeysOf, type ForeignKey } from '../model/foreign-key.ts';
import type { RelationName } from '../model/names.ts';
import { isMarkedNotNull, isProvenNotNull } from './column-effects.ts';
import { isPlaceholder } from '../model/placeholder.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import { holdsRows, known, lock, lockPartitions, lockTree, lockUnlessOnly, treeOf, type Facts } from './facts.ts';
import { addForeignKey, dropKeyTriggers, enforceAnew, validateForeignKey } from './foreign-key-effects.ts';
import { addKey } from './key-effects.ts';

export function addConstraint({ table, only, constraint }: ChangeOf<'add-constraint'>, facts: Facts): Effect[] {
  if (constraint.type === 'foreign-key') return addForeignKey(table, only, constraint, facts);
  if (constraint.type === 'unique' || constraint.type === 'primary-key' || constraint.type === 'exclusion') {
    return addKey(table, only, constraint, facts);
  }
  const proven = constraint.type === 'not-null' && constraint.columns.every((column) => isProvenNotNull(table, column, facts));
  const work: Work[] = isVerified(constraint) && !proven ? ['scan'] : [];
  if ('noInherit' in constraint && constraint.noInherit) return addAlone(table, only, work, facts);
  return lockUnlessOnly(table, only, 'ACCESS EXCLUSIVE', facts, { work });
}

/** NO INHERIT: children hold rows that it is not about. 18 locks them all the same. */
function addAlone(table: RelationName, only: boolean, work: readonly Work[], facts: Facts): Effect[] {
  const own = lock(table, 'ACCESS EXCLUSIVE', facts, { work });
  return only || facts.version < 18 ? own : [...own, ...lockTree(table, 'ACCESS EXCLUSIVE', facts)];
}

function isVerified({ valid, enforced }: Constraint): boolean {
  return valid && enforced;
}

/** A constraint that is valid already is not verified again, and the tables below are left alone; one of those may be valid alone. */
export function validateConstraint({ table, constraint }: ChangeOf<'validate-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts) ?? keyWithHiddenParts(table, facts);
  if (found?.valid) return lock(table, 'SHARE UPDATE EXCLUSIVE', facts);
  if (found?.type === 'foreign-key') return validateForeignKey(table, found, facts);
  const relation = known(table, facts);
  const assumption: Assumption | undefined = found === undefined && relation?.born ? { kind: 'constraints', table: relation.name } : undefined;
  const names = found?.type === 'check' && found.noInherit ? [table] : treeOf(table, facts);
  return names.flatMap((name) => {
    const isValid = found !== undefined && (known(name, facts)?.constraints.some((own) => own.valid && isSameConstraint(own, found)) ?? false);
    return lock(name, 'SHARE UPDATE EXCLUSIVE', facts, isValid || !holdsRows(name, facts) ? undefined : { work: ['scan'], assumption });
  });
}

/**
 * A foreign key to a partitioned table has another constraint for each of its partitions, under names that PostgreSQL makes up: where a table is known, one
 * that it has none of by its name is such. Of several keys, one that is not valid counts. Source: addFkRecurseReferenced() in src/backend/commands/tablecmds.c.
 */
function keyWithHiddenParts(table: RelationName, facts: Facts): ForeignKey | undefined {
  const relation = known(table, facts);
  if (relation === undefined || !facts.catalog.isWhollyKnown(relation)) return undefined;
  const keys = foreignKeysOf(relation).filter(({ references }) => facts.catalog.isPartitioned(references));
  return keys.find(({ valid }) => !valid) ?? keys[0];
}

/**
 * ONLY: the children are locked nevertheless, to have it on their own, and of a partitioned table all partitions, even where IF EXISTS
 * finds none.
 */
export function dropConstraint({ table, only, constraint, ifExists }: ChangeOf<'drop-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts);
  const relation = known(table, facts);
  const isGone = ifExists && found === undefined && relation !== undefined && facts.catalog.isWhollyKnown(relation);
  if (isGone && !isPlaceholder(constraint)) return lockPartitions(table, false, 'ACCESS EXCLUSIVE', facts);
  const others = found?.type === 'foreign-key' ? [found.references] : [];
  return [
    ...lockThoseWith(table, found, only && !facts.catalog.isPartitioned(table), facts),
    ...others.flatMap((name) => [...lock(name, 'ACCESS EXCLUSIVE', facts), ...dropKeyTriggers(name, facts)]),
  ];
}

function lockThoseWith(table: RelationName, constraint: TableConstraint | undefined, only: boolean, facts: Facts): Effect[] {
  const isOwn = !isInherited(table, constraint, facts);
  if (isOwn || !only) return lockUnlessOnly(table, isOwn, 'ACCESS EXCLUSIVE', facts);
  const children = known(table, facts)?.children.values() ?? [];
  return [table, ...children].flatMap((name) => lock(name, 'ACCESS EXCLUSIVE', facts));
}

/** 18: as its constraint is dropped, which a column that may hold NULL has none of. */
export function dropNotNull({ table, only, column }: ChangeOf<'drop-not-null'>, facts: Facts): Effect[] {
  const relation = known(table, facts);
  if (facts.version < 18 || !relation?.columns.has(column)) return lockUnlessOnly(table, only, 'ACCESS EXCLUSIVE', facts);
  const constraint = relation.constraints.find((one) => one.type === 'not-null' && one.columns[0] === column);
  return constraint ? lockThoseWith(table, constraint, only, facts) : lock(table, 'ACCESS EXCLUSIVE', facts);
}

export function renameConstraint({ table, constraint }: ChangeOf<'rename-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts);
  const isOwn = found !== undefined && (found.type === 'check' ? found.noInherit : found.type !== 'not-null');
  return lockUnlessOnly(table, isOwn, 'ACCESS EXCLUSIVE', facts);
}

/** Do children have it, too? One that history does not show is taken for one that they have. */
function isInherited(table: RelationName, constraint: TableConstraint | undefined, { catalog }: Facts): boolean {
  if (constraint === undefined) return true;
  return 'noInherit' in constraint ? !constraint.noInherit : catalog.isPartitioned(table);
}

/** From 18 on, tables below are left alone where all is so already, but for NOT ENFORCED, which goes to all partitions first. */
export function alterConstraint(change: ChangeOf<'alter-constraint'>, facts: Facts): Effect[] {
  const { table, enforced, deferral, noInherit } = change;
  const found = constraintOf(table, change.constraint, facts);
  if (found?.type === 'not-null') return noInherit === found.noInherit ? lock(table, 'ACCESS EXCLUSIVE', facts) : alterInheritance(table, found, facts);
  if (found?.type === 'check' && facts.version >= 19) return enforceCheck(table, enforced === true && !found.enforced, facts);
  if (found?.type !== 'foreign-key') return lockTree(table, 'ACCESS EXCLUSIVE', facts);
  const isEnforcedAnew = enforced !== undefined && enforced !== found.enforced;
  const isDeferredAnew = deferral !== undefined && (deferral.deferrable !== found.deferrable || deferral.deferred !== found.deferred);
  if (isEnforcedAnew) return enforceAnew(table, found.references, enforced, facts);
  const goesDown = isDeferredAnew || facts.version < 18 || (enforced === false && facts.catalog.isPartitioned(table));
  return lockPartitions(table, !goesDown, 'ACCESS EXCLUSIVE', facts);
}

/** 19: rows that came while it was not enforced are looked through. Source: its release notes; no server was asked. */
function enforceCheck(table: RelationName, isAnew: boolean, facts: Facts): Effect[] {
  return lockTree(table, 'ACCESS EXCLUSIVE', facts, { work: isAnew ? ['scan'] : [], assumption: { kind: 'documentation', version: 19 } });
}

type NotNull = Extract<TableConstraint, { readonly type: 'not-null' }>;

/** 18: NO INHERIT is told to the children alone; INHERIT makes it in all tables below that have none yet, and reads them. */
function alterInheritance(table: RelationName, { columns, noInherit }: NotNull, facts: Facts): Effect[] {
  const children = [...(known(table, facts)?.children ?? [])];
  const below = noInherit ? children.flatMap((child) => requireIn(child, columns, facts)) : children.flatMap((child) => lock(child, 'ACCESS EXCLUSIVE', facts));
  return [...lock(table, 'ACCESS EXCLUSIVE', facts), ...below];
}

function requireIn(table: RelationName, columns: readonly string[], facts: Facts): Effect[] {
  if (columns.every((column) => isMarkedNotNull(table, column, facts))) return lock(table, 'ACCESS EXCLUSIVE', facts);
  const isProven = columns.every((column) => isProvenNotNull(table, column, facts));
  const children = [...(known(table, facts)?.children ?? [])];
  return [...lock(table, 'ACCESS EXCLUSIVE', facts, { work: isProven ? [] : ['scan'] }), ...children.flatMap((child) => requireIn(child, columns, facts))];
}

function constraintOf(table: RelationName, name: string, facts: Facts): TableConstraint | undefined {
  return known(table, facts)?.constraints.find((constraint) => constraint.name === name);
}
