// Names that no other constraint of the table has.

import { truncateName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';

/** `orders_total_check`, and then `orders_total_check1`: cut to what PostgreSQL keeps. */
export function freeConstraintName(table: string, column: string, suffix: string, relation: Relation): string {
  for (let count = 0; ; count += 1) {
    const ending = `_${suffix}${count === 0 ? '' : count}`;
    const name = truncateName(`${table}_${column}`, 63 - ending.length) + ending;
    if (!relation.constraints.has(name)) return name;
  }
}
