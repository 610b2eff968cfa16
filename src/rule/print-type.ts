// A type in the words of SQL.

import { storedType, type ColumnType } from '../model/column-type.ts';
import { printName } from '../model/names.ts';

/** `bigint`, `varchar(20)`, `numeric(10,2)[]`, `public.status`. */
export function printType(type: ColumnType): string {
  const { name, modifiers, isArray } = storedType(type);
  const word = name.schema === undefined ? (words[name.name] ?? name.name) : printName(name);
  const size = modifiers.length > 0 && name.name !== 'interval' ? `(${modifiers.join(',')})` : '';
  return `${word}${size}${isArray ? '[]' : ''}`;
}

const words: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'int',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
};
