// Constraints of tables, as node-pg-migrate writes and names them.
// Source: parseConstraints() in src/operations/tables/shared.ts of its source, 8.0.

import { isList, isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { commentOn, deferrableOf, referencesOf } from './columns.ts';
import { quoted } from './literals.ts';

export interface Constraints {
  readonly lines: readonly string[];
  readonly comments: readonly string[];
}

/** `name`: empty where each gets one of its own. */
export function constraintsOf(table: Plain, options: PlainRecord, name: string): Constraints {
  const { check, unique, primaryKey, foreignKeys, exclude, deferrable, comment } = options;
  const own = isRecord(table) ? String(table['name']) : String(table);
  const named = (ending: string): string => `CONSTRAINT ${quoted(name || `${own}_${ending}`)}`;
  const keys = foreignKeys ? listOf(foreignKeys).filter(isRecord) : [];
  const lines = [
    ...(isList(check) ? check.map((one, index) => `${named(`chck_${index + 1}`)} CHECK (${String(one)})`) : check ? [`${named('chck')} CHECK (${String(check)})`] : []),
    ...(unique ? setsOf(unique).map((columns) => `${named(`uniq_${columns.map(String).join('_')}`)} UNIQUE (${columns.map(quoted).join(', ')})`) : []),
    ...(primaryKey ? [`${named('pkey')} PRIMARY KEY (${listOf(primaryKey).map(quoted).join(', ')})`] : []),
    ...keys.map((key) => foreignKeyOf(key, named)),
    ...(exclude ? [`${named('excl')} EXCLUDE ${String(exclude)}`] : []),
  ];
  const ofKeys = keys.flatMap((key) => (key['referencesConstraintComment'] ? [commentOn(`${nameOfKey(key, named)} ON`, quoted(table), key['referencesConstraintComment'])] : []));
  return {
    lines: deferrable ? lines.map((line) => `${line} ${deferrableOf(options)}`) : lines,
    comments: comment ? [...ofKeys, commentOn(`CONSTRAINT ${quoted(name)} ON`, quoted(table), comment)] : ofKeys,
  };
}

function foreignKeyOf(key: PlainRecord, named: (ending: string) => string): string {
  return `${nameOfKey(key, named)} FOREIGN KEY (${listOf(key['columns']).map(quoted).join(', ')}) ${referencesOf(key)}`;
}

function nameOfKey(key: PlainRecord, named: (ending: string) => string): string {
  const { referencesConstraintName: name, columns } = key;
  return name ? `CONSTRAINT ${quoted(name)}` : named(`fk_${listOf(columns).map(String).join('_')}`);
}

export function listOf(value: Plain): readonly Plain[] {
  return isList(value) ? value : [value];
}

/** One list of columns, or several. */
function setsOf(value: Plain): readonly (readonly Plain[])[] {
  const list = listOf(value);
  return list.some(isList) ? list.map(listOf) : [list];
}
