// Indexes, as Sequelize writes and names them.
// Source: addIndexQuery() in src/dialects/abstract/query-generator.js and removeIndexQuery() in src/dialects/postgres/query-generator.js, 6.37.

import { isList, isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { escapedText } from './data-types.ts';
import { quoted, quotedParts, tableOf, underscored } from './names.ts';
import type { Operation } from './operations.ts';

export const createdIndex: Operation = ([table, second, third]) => {
  const options: PlainRecord = isList(second) ? { ...(isRecord(third) ? third : {}), fields: second } : isRecord(second) ? second : {};
  const { fields, name, unique, type, concurrently, using, where, operator, prefix } = options;
  const columns = isList(fields) ? fields.map((field) => keyOf(field, operator)) : [undefined];
  const condition = where === undefined ? '' : conditionOf(where);
  if (columns.includes(undefined) || condition === undefined || prefix !== undefined) return undefined;
  const own = 'name' in options && name ? String(name) : indexName(table, isList(fields) ? fields : []);
  if (own === undefined) return undefined;
  const isUnique = Boolean(unique) || (typeof type === 'string' && type.toLowerCase() === 'unique');
  const words = ['CREATE', isUnique ? 'UNIQUE' : '', 'INDEX', concurrently ? 'CONCURRENTLY' : '', quotedParts(own), `ON ${typeof table === 'string' ? quotedParts(table) : tableOf(table).written}`, using ? `USING ${String(using)}` : '', `(${columns.join(', ')})`, condition];
  return [words.filter((word) => word !== '').join(' ')];
};

function keyOf(field: Plain, operator: Plain): string | undefined {
  if (isRecord(field) && typeof field['literal'] === 'string') return field['literal'];
  const options: PlainRecord = isRecord(field) ? field : { name: field };
  const name = options['attribute'] ?? options['name'];
  if (typeof name !== 'string') return undefined;
  const { collate, order, length } = options;
  const own = options['operator'] ?? operator;
  return length ? undefined : `${quoted(name)}${collate ? ` COLLATE ${quoted(String(collate))}` : ''}${own ? ` ${String(own)}` : ''}${order ? ` ${String(order)}` : ''}`;
}

/** Undefined where a key is an expression. */
function indexName(table: Plain, fields: readonly Plain[]): string | undefined {
  const names = fields.map((field) => (isRecord(field) ? (field['name'] ?? field['attribute']) : field));
  if (names.some((name) => typeof name !== 'string')) return undefined;
  const prefix = typeof table === 'string' ? table.replaceAll('.', '_').replace(/["']/g, '') : tableOf(table).name;
  return underscored(`${prefix}_${names.map(String).join('_')}`);
}

/** Of columns that are compared with values; anything else is not known. */
function conditionOf(where: Plain): string | undefined {
  if (!isRecord(where)) return undefined;
  const terms = Object.entries(where).map(([column, value]) => {
    if (isRecord(value) || isList(value) || value === undefined) return undefined;
    return value === null ? `${quotedParts(column)} IS NULL` : `${quotedParts(column)} = ${escapedText(value)}`;
  });
  if (terms.includes(undefined) || terms.length === 0) return undefined;
  return `WHERE ${terms.join(' AND ')}`;
}

export const removedIndex: Operation = ([table, index, options]) => {
  const isByName = typeof index === 'string';
  const name = isByName ? index : isList(index) ? underscored(`${typeof table === 'string' ? table : '[object Object]'}_${index.map(String).join('_')}`) : undefined;
  if (name === undefined) return undefined;
  return [`DROP INDEX ${isRecord(options) && options['concurrently'] ? 'CONCURRENTLY ' : ''}IF EXISTS ${quotedParts(name)}`];
};
