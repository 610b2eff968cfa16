// How objects of a database are named. Names are stored as PostgreSQL stores them: unquoted, case folded, cut at 63 bytes.

/** A name as written: without a schema, the search path decides. */
export interface RelationName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** A name after the search path was asked. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** What stands for a schema where the search path names none that is there. */
export const NOWHERE = '';

/** `public.orders`, or `orders` for a name without a schema. */
export function printName({ schema, name }: RelationName): string {
  return schema === undefined || schema === NOWHERE ? name : `${schema}.${name}`;
}

export function isSameName(left: RelationName, right: RelationName): boolean {
  return left.name === right.name && left.schema === right.schema;
}

/** NAMEDATALEN - 1. Source: src/include/pg_config_manual.h. */
const LONGEST_NAME = 63;

/** Cuts a name as PostgreSQL does, at 63 bytes of UTF-8 and never inside a character. */
export function truncateName(name: string, bytes: number = LONGEST_NAME): string {
  if (name.length * 3 <= bytes || Buffer.byteLength(name) <= bytes) return name;
  let cut = '';
  for (const character of name) {
    if (Buffer.byteLength(cut + character) > bytes) break;
    cut += character;
  }
  return cut;
}
