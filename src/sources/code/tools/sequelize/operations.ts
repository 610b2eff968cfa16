// What the calls of Sequelize's QueryInterface are in SQL.
// Source: src/dialects/abstract/query-interface.js, src/dialects/{abstract,postgres}/query-generator.js of its source, 6.37.

import { isList, isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { attributeOf, attributeSql, enumSql, mapped } from './attribute.ts';
import { changedColumn } from './changed-column.ts';
import { escapedText } from './data-types.ts';
import { createdIndex, removedIndex } from './indexes.ts';
import { quoted, quotedParts, tableOf } from './names.ts';

/** One text for each message; undefined where it is not known what it sends. */
export type Operation = (args: readonly Plain[]) => readonly string[] | undefined;

const createTable: Operation = ([given, attributes, options]) => {
  if (!isRecord(attributes)) return undefined;
  const { uniqueKeys, comment, schema, withoutForeignKeyConstraints } = isRecord(options) ? options : {};
  const table = typeof given === 'string' && schema ? { tableName: given, schema } : given;
  const columns = Object.entries(attributes).map(([name, options]) => columnOf(table, name, options));
  if (withoutForeignKeyConstraints || columns.includes(undefined)) return undefined;
  const known = columns.flatMap((column) => column ?? []);
  const primary = known.filter(({ isPrimary }) => isPrimary).map(({ name }) => quoted(name));
  const keys = isRecord(uniqueKeys) ? Object.values(uniqueKeys).filter(isRecord) : [];
  const uniques = keys.filter(({ customIndex }) => customIndex !== false).map(({ fields }) => `, UNIQUE (${(isList(fields) ? fields : []).map((field) => quoted(String(field))).join(', ')})`);
  const { written } = tableOf(table);
  const comments = [...(typeof comment === 'string' && comment !== '' ? [`; COMMENT ON TABLE ${written} IS ${escapedText(comment)}`] : []), ...known.flatMap(({ name, comment: own }) => (own === undefined ? [] : [`; COMMENT ON COLUMN ${written}.${quoted(name)} IS ${escapedText(own)}`]))];
  const clause = `${known.map(({ name, sql }) => `${quoted(name)} ${sql}`).join(', ')}${uniques.join('')}${primary.length > 0 ? `, PRIMARY KEY (${primary.join(',')})` : ''}`;
  return [...known.flatMap(({ before }) => before), `CREATE TABLE IF NOT EXISTS ${written} (${clause})${comments.join('')};`];
};

interface ColumnOfTable {
  readonly name: string;
  readonly sql: string;
  readonly isPrimary: boolean;
  readonly comment: string | undefined;
  /** Its enum is made first. */
  readonly before: readonly string[];
}

function columnOf(table: Plain, key: string, given: Plain): ColumnOfTable | undefined {
  const attribute = attributeOf(given);
  const field = isRecord(given) && typeof given['field'] === 'string' ? given['field'] : key;
  const whole = attribute && attributeSql(attribute, table, field, true);
  if (attribute === undefined || whole === undefined) return undefined;
  const at = whole.indexOf('COMMENT ');
  const sql = at < 0 ? whole : whole.slice(0, at);
  return { name: field, sql: mapped(sql, table, field), isPrimary: sql.includes('PRIMARY KEY'), comment: at < 0 ? undefined : whole.slice(at + 'COMMENT '.length), before: attribute.values ? [enumSql(attribute.values, table, field)] : [] };
}

const addColumn: Operation = ([table, key, given]) => {
  const attribute = attributeOf(given);
  const sql = attribute && attributeSql(attribute, table, String(key), false);
  if (attribute === undefined || sql === undefined || (attribute.values && attribute.type.endsWith('[]'))) return undefined;
  const before = attribute.values ? enumSql(attribute.values, table, String(key)) : '';
  return [`${before}ALTER TABLE ${tableOf(table).whole} ADD COLUMN ${quoted(String(key))} ${mapped(sql, table, String(key))};`];
};

const addConstraint: Operation = ([table, options]) => {
  if (!isRecord(options) || !isList(options['fields'])) return undefined;
  const { fields, type, name, deferrable } = options;
  const columns = (isList(fields) ? fields : []).map((field) => (isRecord(field) ? (field['name'] ?? field['attribute']) : field));
  if (deferrable !== undefined || columns.some((column) => typeof column !== 'string')) return undefined;
  const own = (ending: string): string => quoted(name ? String(name) : `${typeof table === 'string' ? table : tableOf(table).written}_${columns.map(String).join('_')}_${ending}`);
  const list = columns.map((column) => quoted(String(column))).join(', ');
  const snippet = snippetOf(String(type).toUpperCase(), options, own, list);
  return snippet === undefined ? undefined : [`ALTER TABLE ${onTable(table)} ADD CONSTRAINT ${snippet};`];
};

function snippetOf(type: string, { references, onUpdate, onDelete }: PlainRecord, own: (ending: string) => string, list: string): string | undefined {
  if (type === 'UNIQUE') return `${own('uk')} UNIQUE (${list})`;
  if (type === 'PRIMARY KEY') return `${own('pk')} PRIMARY KEY (${list})`;
  if (type !== 'FOREIGN KEY' || !isRecord(references)) return undefined;
  const { table, field, fields } = references;
  const to = field === undefined ? (isList(fields) ? fields : []) : [field];
  if (!table || to.length === 0) return undefined;
  const actions = `${onUpdate ? ` ON UPDATE ${String(onUpdate).toUpperCase()}` : ''}${onDelete ? ` ON DELETE ${String(onDelete).toUpperCase()}` : ''}`;
  return `${own(`${String(table)}_fk`)} FOREIGN KEY (${list}) REFERENCES ${tableOf(table).written} (${to.map((column) => quoted(String(column))).join(', ')})${actions}`;
}

/** A text is taken apart at its points here. */
function onTable(table: Plain): string {
  return typeof table === 'string' ? quotedParts(table) : tableOf(table).written;
}

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['createTable', createTable],
  ['dropTable', ([table, options]) => [`DROP TABLE IF EXISTS ${tableOf(table).written}${isRecord(options) && (options['cascade'] || options['force']) ? ' CASCADE' : ''};`]],
  ['renameTable', ([before, after]) => [`ALTER TABLE ${tableOf(before).written} RENAME TO ${tableOf(after).written};`]],
  ['addColumn', addColumn],
  ['removeColumn', ([table, column]) => [`ALTER TABLE ${tableOf(table).whole} DROP COLUMN ${quoted(String(column))};`]],
  ['changeColumn', changedColumn],
  ['renameColumn', ([table, before, after]) => [`ALTER TABLE ${tableOf(table).written} RENAME COLUMN ${quoted(String(before))} TO ${quoted(String(after))};`]],
  ['addIndex', createdIndex],
  ['removeIndex', removedIndex],
  ['addConstraint', addConstraint],
  ['removeConstraint', ([table, name]) => [`ALTER TABLE ${onTable(table)} DROP CONSTRAINT ${quotedParts(String(name))}`]],
  ['createSchema', ([name]) => [`CREATE SCHEMA IF NOT EXISTS ${quoted(String(name))};`]],
  ['dropSchema', ([name]) => [`DROP SCHEMA IF EXISTS ${quoted(String(name))} CASCADE;`]],
]);
