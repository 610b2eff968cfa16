// What adding, validating, changing and dropping a constraint does: to its table, and to the table that it refers to.

import type { TableConstraint } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { isProvenNotNull } from './column-effects.ts';
import { known, lock, lockTree, lockUnlessOnly, type Facts, type WorkFacts } from './facts.ts';

export function addConstraint({ table, only, constraint }: ChangeOf<'add-constraint'>, facts: Facts): Effect[] {
  if (constraint.type === 'foreign-key') return addForeignKey(table, constraint.references, isVerified(constraint), facts);
  if (constraint.type === 'unique' || constraint.type === 'primary-key' || constraint.type === 'exclusion') {
    return addKey(table, only, constraint, facts);
  }
  const proven = constraint.type === 'not-null' && constraint.columns.every((column) => isProvenNotNull(table, column, facts));
  const work: Work[] = isVerified(constraint) && !proven ? ['scan'] : [];
  return lockUnlessOnly(table, only, 'ACCESS EXCLUSIVE', facts, { work });
}

function isVerified({ valid, enforced }: Constraint): boolean {
  return valid && enforced;
}

function addForeignKey(table: RelationName, references: RelationName, verified: boolean, facts: Facts): Effect[] {
  const work: WorkFacts = { work: verified ? ['foreign-key-check'] : [] };
  return [...lockTree(table, 'SHARE ROW EXCLUSIVE', facts, work), ...lockTree(references, 'SHARE ROW EXCLUSIVE', facts, work)];
}

/** On a partitioned table the partitions are locked SHARE, from 18 ACCESS EXCLUSIVE. */
function addKey(table: RelationName, only: boolean, constraint: Extract<Constraint, { usingIndex: unknown }>, facts: Facts): Effect[] {
  const work: Work[] = constraint.usingIndex === undefined ? ['index-build'] : [];
  if (constraint.type === 'primary-key' && !areColumnsNotNull(table, constraint, facts)) work.push('scan');
  const below = only ? [] : facts.catalog.descendants(table).map(({ name }) => name);
  const modeBelow = facts.version >= 18 ? 'ACCESS EXCLUSIVE' : 'SHARE';
  return [
    ...lockUnlessOnly(table, true, 'ACCESS EXCLUSIVE', facts, { work }),
    ...below.flatMap((name) => lock(name, modeBelow, facts, { work: ['index-build'] })),
  ];
}

function areColumnsNotNull(table: RelationName, constraint: Extract<Constraint, { usingIndex: unknown }>, facts: Facts): boolean {
  const { columns, usingIndex } = constraint;
  const keys = usingIndex === undefined ? columns : known(table, facts)?.indexes.find(({ name }) => name === usingIndex)?.columns;
  return keys !== undefined && keys.every((column) => isProvenNotNull(table, column, facts));
}

/** A constraint that is valid already is not verified again. */
export function validateConstraint({ table, constraint }: ChangeOf<'validate-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts);
  if (found?.valid) return lockTree(table, 'SHARE UPDATE EXCLUSIVE', facts);
  if (found?.type !== 'foreign-key') return lockTree(table, 'SHARE UPDATE EXCLUSIVE', facts, { work: ['scan'] });
  return lockTree(table, 'SHARE UPDATE EXCLUSIVE', facts, { work: ['foreign-key-check'] });
}

export function dropConstraint({ table, constraint, cascade }: ChangeOf<'drop-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts);
  const others = found?.type === 'foreign-key' ? [found.references] : [];
  const isKey = found?.type === 'primary-key' || found?.type === 'unique';
  const referencing = cascade && isKey ? known(table, facts)?.referencedBy ?? [] : [];
  return [...lockTree(table, 'ACCESS EXCLUSIVE', facts), ...[...others, ...referencing].flatMap((other) => lock(other, 'ACCESS EXCLUSIVE', facts))];
}

/** 18: [NOT] ENFORCED locks the other table too, and ENFORCED looks up all rows in it. */
export function alterConstraint({ table, constraint, enforced }: ChangeOf<'alter-constraint'>, facts: Facts): Effect[] {
  const found = constraintOf(table, constraint, facts);
  const other = enforced !== undefined && found?.type === 'foreign-key' ? found.references : undefined;
  const work: WorkFacts = { work: enforced === true ? ['foreign-key-check'] : [] };
  const modeOfOther = enforced === true ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  return [...lockTree(table, 'ACCESS EXCLUSIVE', facts, work), ...(other ? lock(other, modeOfOther, facts, work) : [])];
}

function constraintOf(table: RelationName, name: string, facts: Facts): TableConstraint | undefined {
  return known(table, facts)?.constraints.find((constraint) => constraint.name === name);
}
