// What the columns of a relation are called, also where the type of some is not known.

import type { Relation } from './relation.ts';

/** `unknown` where history does not show all of them. */
export function columnNames({ columns, complete, gives }: Pick<Relation, 'columns' | 'complete' | 'gives'>): readonly string[] | 'unknown' {
  if (complete) return columns.keys();
  return gives === 'unknown' ? gives : [...new Set([...gives, ...columns.keys()])];
}
