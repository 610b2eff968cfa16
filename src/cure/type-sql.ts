// A type as SQL writes it: `bigint`, `varchar(20)`, `sales."Status"[]`.

import { storedType, type ColumnType } from '../model/column-type.ts';
import { quotedName } from './hand.ts';

/** Undefined where its modifiers are no list of numbers that could be written behind it. */
export function typeSql(type: ColumnType): string | undefined {
  const { name, modifiers, isArray } = storedType(type);
  if (modifiers.length > 0 && (name.name === 'interval' || modifiers.some((one) => typeof one !== 'number'))) return undefined;
  const isPadded = name.schema === undefined && name.name === 'bpchar' && modifiers.length > 0;
  const word = isPadded ? 'char' : name.schema === undefined ? (words[name.name] ?? quotedName(name)) : quotedName(name);
  return `${word}${modifiers.length > 0 ? `(${modifiers.join(', ')})` : ''}${isArray ? '[]' : ''}`;
}

/** Names that people write otherwise, or that quote_ident() would quote; `char` in quotes is another type than without. */
const words: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'int',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  char: '"char"',
  varchar: 'varchar',
  bit: 'bit',
  numeric: 'numeric',
  interval: 'interval',
  time: 'time',
  timestamp: 'timestamp',
};
