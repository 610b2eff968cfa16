// Names and types as pgsql-ast-parser has them, in the model's words.

import type { DataTypeDef, Name, QName } from 'pgsql-ast-parser';
import type { ColumnType } from '../../model/column-type.ts';
import { truncateName, type RelationName } from '../../model/names.ts';
import { unsupported } from './unsupported.ts';

/** pgsql-ast-parser folds the case, but does not cut. */
export function nameOf({ name }: Name): string {
  return truncateName(name);
}

export function relationOf({ schema, name }: QName): RelationName {
  return { schema: schema === undefined ? undefined : truncateName(schema), name: truncateName(name) };
}

/** What PostgreSQL's grammar makes of the types that are words of their own. Source: SimpleTypename in gram.y. */
const grammarTypes: ReadonlyMap<string, string> = new Map([
  ['int', 'int4'],
  ['integer', 'int4'],
  ['smallint', 'int2'],
  ['bigint', 'int8'],
  ['real', 'float4'],
  ['float', 'float8'],
  ['double precision', 'float8'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ['boolean', 'bool'],
  ['character', 'bpchar'],
  ['char', 'bpchar'],
  ['nchar', 'bpchar'],
  ['character varying', 'varchar'],
  ['bit varying', 'varbit'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp without time zone', 'timestamp'],
  ['time with time zone', 'timetz'],
  ['time without time zone', 'time'],
]);

/** Types with a length of 1 where none is written. */
const oneLong: ReadonlySet<string> = new Set(['character', 'char', 'nchar', 'bit']);

export function typeOf(type: DataTypeDef): ColumnType {
  if (type.kind === 'array') return { ...typeOf(type.arrayOf), isArray: true };
  const { config = [], doubleQuoted } = type;
  const name = relationOf(type);
  if (name.schema === 'pg_catalog') return { name: { schema: undefined, name: name.name }, modifiers: config, isArray: false };
  if (name.schema !== undefined || doubleQuoted) return { name, modifiers: config, isArray: false };
  if (config.length > 0 && ['float', 'interval', 'time', 'timestamp with time zone'].includes(name.name)) unsupported();
  const modifiers = config.length === 0 && oneLong.has(name.name) ? [1] : config;
  return { name: { schema: undefined, name: grammarTypes.get(name.name) ?? name.name }, modifiers, isArray: false };
}
