// The type of a column as the catalogs name it: `int` is `int4`, `timestamp with time zone` is `timestamptz`.

import type { RelationName } from './names.ts';

export interface ColumnType {
  /** Without a schema for PostgreSQL's own types. */
  readonly name: RelationName;
  /** `numeric(10, 2)` has [10, 2]; only what is written as a number. */
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

const serialTypes: ReadonlySet<string> = new Set(['serial', 'serial2', 'serial4', 'serial8', 'smallserial', 'bigserial']);

/** `serial` and its kin: not types, but a sequence and a default of `nextval()`. */
export function isSerial(type: ColumnType): boolean {
  return type.name.schema === undefined && serialTypes.has(type.name.name);
}
