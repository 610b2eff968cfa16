// Names in quotes, and names that Sequelize makes.
// Source: quoteTable() and quoteIdentifiers() in src/dialects/abstract/query-generator.js, nameIndex() and underscore() in src/utils.js, 6.37.

import { isRecord, type Plain } from '../../script/plain-value.ts';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '')}"`;
}

/** `orders.id` is taken apart. */
export function quotedParts(name: string): string {
  return name.split('.').map(quoted).join('.');
}

export interface TableName {
  readonly name: string;
  /** In quotes, as it is given. */
  readonly written: string;
  /** With its schema, which is `public` where none is said. */
  readonly whole: string;
}

/** Of a text, or of `{ tableName, schema }`. */
export function tableOf(table: Plain): TableName {
  const { name, schema } = isRecord(table) ? { name: String(table['tableName']), schema: table['schema'] ? String(table['schema']) : undefined } : { name: String(table), schema: undefined };
  return { name, written: schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`, whole: `${quoted(schema ?? 'public')}.${quoted(name)}` };
}

export function enumName(table: Plain, key: string, isInSchema = true): string {
  const { name } = tableOf(table);
  const schema = isRecord(table) && table['schema'] ? String(table['schema']) : 'public';
  return `${isInSchema ? `${quoted(schema)}.` : ''}${quoted(`enum_${name}_${key}`)}`;
}

/** `orders_customerId` is `orders_customer_id`. */
export function underscored(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').replace(/^_/, '').toLowerCase();
}
