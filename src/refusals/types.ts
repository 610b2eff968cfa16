// What is known of a type for certain: one of PostgreSQL's own, or one that the history has made.

import type { Catalog } from '../model/catalog.ts';
import { storedType, type ColumnType } from '../model/column-type.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { isBuiltinType } from '../postgres/types.ts';

export type KnownType =
  /** As pg_type calls it, `_int4` for an array. */
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'enum' | 'composite'; readonly name: QualifiedName; readonly isArray: boolean };

/** Below its domains; undefined where it is not certain what it is. */
export function knownType(type: ColumnType, catalog: Catalog, version: PostgresVersion): KnownType | undefined {
  const { name, isArray } = storedType(type);
  const info = catalog.type(name);
  if (info?.kind === 'domain') return isArray ? undefined : knownType(info.base, catalog, version);
  if (info?.kind === 'enum' || info?.kind === 'composite') return { kind: info.kind, name: catalog.qualifyType(name), isArray };
  if (info !== undefined || name.schema !== undefined || !isBuiltinType(name.name, version)) return undefined;
  return { kind: 'builtin', name: isArray ? `_${name.name}` : name.name };
}

export function isSameType(left: KnownType, right: KnownType): boolean {
  if (left.kind === 'builtin' || right.kind === 'builtin') return left.kind === right.kind && left.name === right.name;
  return left.isArray === right.isArray && isSameName(left.name, right.name);
}

/** For certain; lengths and precisions count too. */
export function isOtherType(own: ColumnType, other: ColumnType, catalog: Catalog, version: PostgresVersion): boolean {
  const [left, right] = [own, other].map((type) => (catalog.type(type.name)?.kind === 'domain' ? undefined : knownType(type, catalog, version)));
  return left !== undefined && right !== undefined && (!isSameType(left, right) || (left.kind === 'builtin' && isOtherLength(left.name, own, other)));
}

/** Of the types where it is how they are written; `numeric(5)` is `numeric(5,0)`. */
function isOtherLength(name: string, { modifiers: left }: ColumnType, { modifiers: right }: ColumnType): boolean {
  const isTold = name === 'varchar' || (name === 'numeric' && left.length === 2 && right.length === 2);
  return isTold && left.join() !== right.join();
}

/** `varchar(20)`, `app.status[]`. */
export function typeInWords({ name, modifiers, isArray }: ColumnType): string {
  const size = modifiers.length > 0 && name.name !== 'interval' ? `(${modifiers.join(', ')})` : '';
  const plain = name.schema === undefined ? plainName(name.name) : printName(name);
  return `${plain}${size}${isArray ? '[]' : ''}`;
}

/** `bigint` for `int8`. */
export function plainName(name: string): string {
  return Object.hasOwn(plainNames, name) ? (plainNames[name] ?? name) : name;
}

const plainNames: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bpchar: 'char',
  float4: 'real',
  float8: 'double precision',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
};
