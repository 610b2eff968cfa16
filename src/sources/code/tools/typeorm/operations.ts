// What the calls of TypeORM's QueryRunner are in SQL, where they do not depend on what is in the database.
// Source: src/driver/postgres/PostgresQueryRunner.ts, 0.3.31. dropTable() and dropColumn() first drop, by their names, constraints and
// indexes that go with the table or the column anyway; that they ask whether a table is there is `IF [NOT] EXISTS` here.

import { isList, isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { columnSql, commentOn, isEnum } from './column.ts';
import { constraintSql, dropIndexSql, foreignKeyName, foreignKeySql, indexSql, type Kind } from './constraints.ts';
import { enumName, generated, path, quotedList, tableName, textsOf, type Naming, type TableName } from './names.ts';

/** `isAsked`: only if it is not there yet. */
export interface Said {
  readonly text: string;
  readonly isAsked?: boolean;
}

/** Undefined where the arguments are none that it takes. */
export type Operation = (args: readonly Plain[], naming: Naming) => readonly Said[] | undefined;

const createTable: Operation = ([options, ifNotExists, withForeignKeys = true, withIndices = true], naming) => {
  const table = tableName(options, naming);
  if (!isRecord(options) || table === undefined) return undefined;
  const columns = recordsIn(options['columns']);
  if (columns.some(isMetadata)) return undefined;
  const indices = withIndices ? recordsIn(options['indices']) : [];
  const keys = withForeignKeys ? recordsIn(options['foreignKeys']).map((key) => ({ ...key, referencedSchema: key['referencedSchema'] || options['schema'] })) : [];
  const { comment } = options;
  const comments = columns.filter((column) => column['comment']).map((column) => `; ${commentOn(path(table), column)}`);
  const parts = [
    ...columns.map((column) => columnSql(table, column)),
    ...uniquesOf(options, columns).map((one) => constraintSql('unique', table, one)),
    ...recordsIn(options['checks']).map((one) => constraintSql('check', table, one)),
    ...recordsIn(options['exclusions']).map((one) => constraintSql('exclusion', table, one)),
    ...keys.map((key) => foreignKeySql(table, key, true)),
    ...primaryOf(table, columns),
  ];
  return [
    ...enumsOf(table, columns),
    { text: `CREATE TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${path(table)} (${parts.join(', ')})${comments.join('')}` },
    ...indices.map((index) => ({ text: indexSql(table, index) })),
    ...(comment ? [{ text: `COMMENT ON TABLE ${path(table)} IS '${String(comment)}'` }] : []),
  ];
};

/** A column that is computed is written down in a table of TypeORM's own. */
function isMetadata({ generatedType, asExpression }: PlainRecord): boolean {
  return generatedType === 'STORED' && Boolean(asExpression);
}

function recordsIn(value: Plain): readonly PlainRecord[] {
  return isList(value) ? value.filter(isRecord) : [];
}

function enumsOf(table: TableName, columns: readonly PlainRecord[]): readonly Said[] {
  const texts = columns.filter(isEnum).map((column) => {
    const values = textsOf(column['enum']).map((value) => `'${value.replaceAll("'", "''")}'`);
    return `CREATE TYPE ${enumName(table, String(column['name']), column['enumName'])} AS ENUM(${values.join(', ')})`;
  });
  return [...new Set(texts)].map((text) => ({ text, isAsked: true }));
}

function uniquesOf({ uniques }: PlainRecord, columns: readonly PlainRecord[]): readonly PlainRecord[] {
  const said = recordsIn(uniques);
  const isSaid = (name: string): boolean => said.some(({ columnNames }) => textsOf(columnNames).join('\n') === name);
  const own = columns.filter((column) => column['isUnique'] && !isSaid(String(column['name'])));
  return [...said, ...own.map(({ name }): PlainRecord => ({ columnNames: [String(name)] }))];
}

function primaryOf(table: TableName, columns: readonly PlainRecord[]): readonly string[] {
  const primary = columns.filter((column) => column['isPrimary']);
  const [first] = primary;
  if (first === undefined) return [];
  const names = primary.map(({ name }) => String(name));
  return [`CONSTRAINT "${String(first['primaryKeyConstraintName'] || generated('PK', table, names))}" PRIMARY KEY (${quotedList(names)})`];
}

/** What it does with a key depends on the key that the table has. */
const addColumn: Operation = ([given, column], naming) => {
  const table = tableName(given, naming);
  if (table === undefined || !isRecord(column) || column['isPrimary'] || isMetadata(column)) return undefined;
  const { name, isUnique, comment } = column;
  return [
    ...enumsOf(table, [column]),
    { text: `ALTER TABLE ${path(table)} ADD ${columnSql(table, column)}` },
    ...(isUnique ? [{ text: `ALTER TABLE ${path(table)} ADD ${constraintSql('unique', table, { columnNames: [name] })}` }] : []),
    ...(comment ? [{ text: commentOn(path(table), column) }] : []),
  ];
};

/** On a table, the text behind its name; undefined: nothing is known. */
function onTable(behind: (table: TableName, what: Plain, more: Plain) => string | undefined): Operation {
  return ([given, what, more], naming) => {
    const table = tableName(given, naming);
    const text = table && what !== undefined ? behind(table, what, more) : undefined;
    return table === undefined || text === undefined ? undefined : [{ text: `ALTER TABLE ${path(table)} ${text}` }];
  };
}

function adds(kind: Kind): Operation {
  return onTable((table, options) => (isRecord(options) ? `ADD ${constraintSql(kind, table, options)}` : undefined));
}

/** By its name, which it does not make up here. */
const dropConstraint = onTable((_, what) => {
  const name = isRecord(what) ? what['name'] : what;
  return name ? `DROP CONSTRAINT "${String(name)}"` : undefined;
});

function onIndex(write: (table: TableName, index: Plain) => string | undefined): Operation {
  return ([given, index], naming) => {
    const table = tableName(given, naming);
    const text = table && index !== undefined ? write(table, index) : undefined;
    return text === undefined ? undefined : [{ text }];
  };
}

/** For each of a list. */
function each(one: Operation): Operation {
  return ([table, list], naming) => {
    const said = isList(list) ? list.map((item) => one([table, item], naming)) : [undefined];
    return said.includes(undefined) ? undefined : said.flatMap((texts) => texts ?? []);
  };
}

const dropTable: Operation = ([given, ifExists], naming) => {
  const table = tableName(given, naming);
  return table && [{ text: `DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${path(table)}` }];
};

const createSchema: Operation = ([name, ifNotExists]) => [{ text: `CREATE SCHEMA ${ifNotExists ? 'IF NOT EXISTS ' : ''}"${lastOf(name)}"` }];

const dropSchema: Operation = ([name, ifExists, isCascade]) => [{ text: `DROP SCHEMA ${ifExists ? 'IF EXISTS ' : ''}"${lastOf(name)}" ${isCascade ? 'CASCADE' : ''}` }];

function lastOf(name: Plain): string {
  return String(name).split('.')[1] ?? String(name);
}

const createIndex = onIndex((table, index) => (isRecord(index) ? indexSql(table, index) : undefined));
const dropIndex = onIndex(dropIndexSql);
const createForeignKey = onTable((table, key) => (isRecord(key) ? `ADD ${foreignKeySql(table, key, false)}` : undefined));
const dropForeignKey = onTable((table, key) => `DROP CONSTRAINT "${isRecord(key) ? foreignKeyName(table, key) : String(key)}"`);
const dropColumn = onTable((_, column) => `DROP COLUMN "${isRecord(column) ? String(column['name']) : String(column)}"`);

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['createTable', createTable],
  ['dropTable', dropTable],
  ['addColumn', addColumn],
  ['addColumns', each(addColumn)],
  ['dropColumn', dropColumn],
  ['dropColumns', each(dropColumn)],
  ['createPrimaryKey', onTable((table, columns, name) => `ADD CONSTRAINT "${name ? String(name) : generated('PK', table, textsOf(columns))}" PRIMARY KEY (${quotedList(columns)})`)],
  ['createUniqueConstraint', adds('unique')],
  ['createUniqueConstraints', each(adds('unique'))],
  ['createCheckConstraint', adds('check')],
  ['createCheckConstraints', each(adds('check'))],
  ['createExclusionConstraint', adds('exclusion')],
  ['createExclusionConstraints', each(adds('exclusion'))],
  ['dropUniqueConstraint', dropConstraint],
  ['dropUniqueConstraints', each(dropConstraint)],
  ['dropCheckConstraint', dropConstraint],
  ['dropCheckConstraints', each(dropConstraint)],
  ['dropExclusionConstraint', dropConstraint],
  ['createForeignKey', createForeignKey],
  ['createForeignKeys', each(createForeignKey)],
  ['dropForeignKey', dropForeignKey],
  ['dropForeignKeys', each(dropForeignKey)],
  ['createIndex', createIndex],
  ['createIndices', each(createIndex)],
  ['dropIndex', dropIndex],
  ['dropIndices', each(dropIndex)],
  ['createSchema', createSchema],
  ['dropSchema', dropSchema],
]);
