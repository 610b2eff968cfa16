// Which index of a partition can be its part of an index of the partitioned table.

import type { IndexConstraint } from './constraint.ts';
import type { Index, Relation, TableConstraint } from './relation.ts';

/** All that decides. */
export type IndexShape = Pick<Index, 'unique' | 'method' | 'form' | 'columns' | 'included'>;

export type Key = Extract<TableConstraint, { readonly type: 'unique' | 'primary-key' | 'exclusion' }>;

/** Source: CompareIndexInfo() in src/backend/catalog/index.c. */
function isAlike(left: IndexShape, right: IndexShape): boolean {
  const words = ({ unique, method, form, columns, included }: IndexShape): string => JSON.stringify([unique, method, form, columns, included]);
  return words(left) === words(right);
}

/** The constraint that an index belongs to. */
export function keyOf({ constraints }: Relation, index: string): Key | undefined {
  const found = constraints.get(index);
  return found && isKey(found) ? found : undefined;
}

function isKey(constraint: TableConstraint): constraint is Key {
  return constraint.type === 'unique' || constraint.type === 'primary-key' || constraint.type === 'exclusion';
}

/** The types of constraints that the part may belong to; undefined where it need not belong to one. */
export type KeysWanted = readonly Key['type'][] | undefined;

/** Where the index above belongs to a constraint, the part has to belong to one as well. Source: DefineIndex() in indexcmds.c. */
export function wantedOnCreate(above: Key['type'] | undefined): KeysWanted {
  return above && ['primary-key', 'unique', 'exclusion'];
}

/** To one of the same type. Source: AttachPartitionEnsureIndexes() in tablecmds.c. */
export function wantedOnAttach(above: Key['type'] | undefined): KeysWanted {
  return above && [above];
}

/** An index of the partition that is part of nothing yet. */
export function partAlike(partition: Relation, shape: IndexShape, wanted: KeysWanted, taken: ReadonlySet<string> = new Set()): Index | undefined {
  const fits = ({ name }: Index): boolean => {
    const key = keyOf(partition, name);
    return wanted === undefined || (key !== undefined && wanted.includes(key.type));
  };
  return partition.indexes.find((one) => one.partOf === undefined && !taken.has(one.name) && isAlike(one, shape) && fits(one));
}

/** The index that a constraint makes. */
export function shapeOfKey({ type, method, columns, included, form }: IndexConstraint): IndexShape {
  return { unique: type !== 'exclusion', method, form, columns, included };
}
