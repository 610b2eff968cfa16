// Names that TypeORM gives to what has none, and names in quotes.
// Source: src/naming-strategy/DefaultNamingStrategy.ts, and escapePath() and buildEnumName() in src/driver/postgres/PostgresQueryRunner.ts, 0.3.31; hash() in src/util/StringUtils.ts, 1.1.

import { createHash } from 'node:crypto';
import { isRecord, type Plain } from '../../script/plain-value.ts';

export interface TableName {
  readonly schema: string | undefined;
  readonly name: string;
  /** Of its constraints and indexes. */
  readonly naming: Naming;
}

/** `encoded`: up to 0.3, a name is the hash of what encodeURIComponent() makes of the words. */
export type Naming = 'encoded' | 'plain';

/** Of a text such as `shop.orders`, or of a Table; undefined for anything else. */
export function tableName(table: Plain, naming: Naming): TableName | undefined {
  const text = isRecord(table) ? table['name'] : table;
  if (typeof text !== 'string') return undefined;
  const parts = text.split('.');
  const own = isRecord(table) && typeof table['schema'] === 'string' ? table['schema'] : undefined;
  return { name: parts.at(-1) ?? text, schema: parts.length > 1 ? parts.at(-2) : own, naming };
}

/** The schema of the connection stays away; it is taken for `public`. */
export function path({ schema, name }: Pick<TableName, 'schema' | 'name'>): string {
  return schema === undefined || schema === 'public' ? `"${name}"` : `"${schema}"."${name}"`;
}

type Kind = 'PK' | 'UQ' | 'FK' | 'IDX' | 'CHK' | 'XCL';

/** `words`: columns, in any order, or an expression; `where`: of an index. */
export function generated(kind: Kind, { name, naming }: TableName, words: readonly string[] | string, where = ''): string {
  const text = typeof words === 'string' ? words : words.toSorted().join('_');
  const own = `${name}_${text}${where === '' ? '' : `_${where}`}`;
  const key = naming === 'plain' ? own : encodeURIComponent(own.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
  const hash = createHash('sha1').update(key).digest('hex');
  return `${kind}_${hash.slice(0, kind.length === 2 ? 27 : 26)}`;
}

export function enumName({ schema, name }: TableName, column: string, given: Plain): string {
  const own = given ? String(given) : `${name}_${column.toLowerCase()}_enum`;
  return `${schema ?? 'public'}.${own}`
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

export function quotedList(names: Plain, separator = ', '): string {
  return textsOf(names).map((name) => `"${name}"`).join(separator);
}

export function textsOf(names: Plain): readonly string[] {
  return Array.isArray(names) ? names.map(String) : [];
}
