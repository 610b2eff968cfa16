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
