// Which parts of an index of a partitioned table are built, and which are there already.

import { partAlike, type IndexShape, type KeysWanted } from '../model/alike-indexes.ts';
import type { Work } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { holdsRows, known, type Facts } from './facts.ts';

export interface IndexPart {
  readonly name: RelationName;
  /** False where an index of the partition becomes the part. */
  readonly isBuilt: boolean;
}

/** Of the partitions, and theirs; below one that has its part already, all have theirs. */
export function partsOfIndex(table: RelationName, shape: IndexShape, wanted: KeysWanted, facts: Facts): IndexPart[] {
  const relation = known(table, facts);
  if (relation?.kind !== 'partitioned-table') return [];
  return relation.children.values().flatMap((name) => {
    const partition = known(name, facts);
    if (partition?.kind === 'foreign-table') return [];
    const isBuilt = partition === undefined || partAlike(partition, shape, wanted) === undefined;
    return [{ name, isBuilt }, ...(isBuilt ? partsOfIndex(name, shape, wanted, facts) : [])];
  });
}

export function workOfPart({ name, isBuilt }: IndexPart, facts: Facts): readonly Work[] {
  return isBuilt && holdsRows(name, facts) ? ['index-build'] : [];
}
