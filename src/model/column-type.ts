// The type of a column as the catalogs name it: `int` is `int4`, `timestamp with time zone` is `timestamptz`.

import type { RelationName } from './names.ts';

export interface ColumnType {
  /** Without a schema for PostgreSQL's own types. */
  readonly name: RelationName;
  /** `numeric(10, 2)` has [10, 2], `geometry(Point, 4326)` has ['point', 4326]. */
  readonly modifiers: readonly (number | string)[];
  readonly isArray: boolean;
}

/** The modifiers of PostgreSQL's own types, which are numbers. */
export function sizesOf({ modifiers }: ColumnType): readonly number[] {
  return modifiers.filter((one) => typeof one === 'number');
}

const serialTypes: ReadonlySet<string> = new Set(['serial', 'serial2', 'serial4', 'serial8', 'smallserial', 'bigserial']);

/** The type of the values: `serial` is `int4`. */
export function storedType(type: ColumnType): ColumnType {
  const stored = isSerial(type) ? integers[type.name.name] : undefined;
  return stored === undefined ? type : { ...type, name: { schema: undefined, name: stored } };
}

const integers: Readonly<Record<string, string>> = {
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
};

/** `serial` and its kin: not types, but a sequence and a default of `nextval()`. */
export function isSerial(type: ColumnType): boolean {
  return type.name.schema === undefined && serialTypes.has(type.name.name);
}
