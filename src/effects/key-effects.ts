// What a key does: its index is built in the table and its partitions, and the columns of a primary key become NOT NULL everywhere.

import { shapeOfKey, wantedOnCreate } from '../model/alike-indexes.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { RelationName } from '../model/names.ts';
import { isMarkedNotNull, isProvenNotNull } from './column-effects.ts';
import { holdsRows, known, lock, lockUnlessOnly, type Facts } from './facts.ts';
import { partsOfIndex, workOfPart, type IndexPart } from './index-parts.ts';

type KeyConstraint = Extract<Constraint, { usingIndex: unknown }>;

export function addKey(table: RelationName, only: boolean, constraint: KeyConstraint, facts: Facts): Effect[] {
  const scans = constraint.type === 'primary-key' && !areNotNull(table, columnsOf(table, constraint, facts), facts);
  const work: Work[] = [
    ...(constraint.usingIndex === undefined ? ['index-build' as const] : []),
    ...(scans ? ['scan' as const] : []),
  ];
  return [
    ...lockUnlessOnly(table, true, 'ACCESS EXCLUSIVE', facts, { work }),
    ...(only ? [] : [...buildBelow(table, constraint, facts), ...requireBelow(table, constraint, facts)]),
  ];
}

/** Partitions that have an index alike give that one. 18 locks all that is below in any case. */
function buildBelow(table: RelationName, constraint: KeyConstraint, facts: Facts): Effect[] {
  const parts = partsOfIndex(table, shapeOfKey(constraint), wantedOnCreate(constraint.type), facts);
  const mode = facts.version >= 18 ? 'ACCESS EXCLUSIVE' : 'SHARE';
  const below = facts.version >= 18 ? facts.catalog.descendants(table).flatMap(({ name }) => lock(name, mode, facts)) : [];
  return [...below, ...parts.flatMap((part) => lock(part.name, modeOfPart(part, constraint, mode), facts, { work: workOfPart(part, facts) }))];
}

/** One that is deferrable has a trigger. */
function modeOfPart({ isBuilt }: IndexPart, { deferrable }: KeyConstraint, mode: LockMode): LockMode {
  return mode === 'SHARE' && isBuilt && deferrable ? 'SHARE ROW EXCLUSIVE' : mode;
}

/** All children become NOT NULL with a primary key. Before 18, partitions are left alone where the table is so already. */
function requireBelow(table: RelationName, constraint: KeyConstraint, facts: Facts): Effect[] {
  if (constraint.type !== 'primary-key') return [];
  const columns = columnsOf(table, constraint, facts);
  const isMarked = columns?.every((column) => isMarkedNotNull(table, column, facts)) === true;
  if (isMarked && (facts.version >= 18 || facts.catalog.isPartitioned(table))) return [];
  return facts.catalog.descendants(table).flatMap(({ name }) => {
    const isScanned = holdsRows(name, facts) && !areNotNull(name, columns, facts);
    return lock(name, 'ACCESS EXCLUSIVE', facts, { work: isScanned ? ['scan'] : [] });
  });
}

/** Undefined where history does not show the index that it uses. */
function columnsOf(table: RelationName, { columns, usingIndex }: KeyConstraint, facts: Facts): readonly string[] | undefined {
  return usingIndex === undefined ? columns : known(table, facts)?.indexes.get(usingIndex)?.columns;
}

function areNotNull(table: RelationName, columns: readonly string[] | undefined, facts: Facts): boolean {
  return columns?.every((column) => isProvenNotNull(table, column, facts)) === true;
}
