// What ActiveRecord does to the columns of tables that are there. Source: add_column, change_column and their like in
// activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_statements.rb of Rails 8.0.

import { Raw, type Plain } from '../../tree/plain.ts';
import { alteredColumn, columnComment, columnOf } from './columns.ts';
import { addForeignKey, removeForeignKey } from './foreign-keys.ts';
import { createdIndex } from './indexes.ts';
import { plural } from './inflections.ts';
import { indexName, literal, quotedColumn, quotedTable } from './names.ts';
import { isTrue, optionsOf, type KnownCall, type Options } from '../../tree/options.ts';
import { joined, perhaps, type Operation, type Sent } from './operation.ts';
import { referenceOf } from './references.ts';
import { changedTo } from './tables.ts';
import { timestampOptions } from './table-definition.ts';
import { changesColumnsInSteps, shortensIndexNames, type Version } from './version.ts';

/** A change of one table: what ALTER TABLE says, and what is sent behind it. Undefined: something is not understood. */
export interface Alteration {
  readonly clauses: readonly string[];
  readonly behind: readonly string[];
}

/** Without the table, whose name is the first argument. */
export type Alter = (given: KnownCall, version: Version) => Alteration | undefined;

const addsColumn: Alter = ({ args: [table, name, type], options }, version) => addition(String(table), String(name), String(type), options, version);

function addition(table: string, name: string, type: string, options: Options, version: Version): Alteration | undefined {
  const isOldKey = type === 'primary_key' && version < 5.1;
  const column = isOldKey ? columnOf(name, 'integer', options.with({ primary_key: true }), version) : columnOf(name, type, options, version);
  return column && { clauses: [`ADD ${column.sql}`], behind: options.has('comment') ? [columnComment(table, name, column.comment ?? null)] : [] };
}

const addsTimestamps: Alter = ({ args: [table], options }, version) => {
  const columns = ['created_at', 'updated_at'].map((name) => addition(String(table), name, 'datetime', timestampOptions(options, version), version));
  const known = columns.filter((column) => column !== undefined);
  return known.length < columns.length ? undefined : { clauses: known.flatMap(({ clauses }) => clauses), behind: [] };
};

const removesColumns: Alter = ({ args: [, ...names] }) => clauses(...names.map((name) => `DROP COLUMN ${quotedColumn(String(name))}`));

const changesColumn: Alter = ({ args: [table, name, type], options }, version) => {
  const sql = alteredColumn(String(name), String(type), options, version);
  return sql === undefined ? undefined : { clauses: [sql], behind: options.has('comment') ? [columnComment(String(table), String(name), options.take('comment') ?? null)] : [] };
};

const changesDefault: Alter = ({ args: [, name, value], options }) => {
  const next = changedTo(value, options);
  const sql = next === null ? undefined : unseenDefault(next);
  if (next !== null && sql === undefined) return undefined;
  return value === undefined && !options.has('to') ? undefined : clauses(`ALTER COLUMN ${quotedColumn(String(name))} ${sql === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${sql}`}`);
};

/** Of a column whose type stands in the database only. */
function unseenDefault(value: Plain): string | undefined {
  if (value instanceof Raw) return value.sql;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && !value.includes('()') ? literal(value) : undefined;
}

/** What is NULL gets a value first, where one is given. */
const changesNullability: Alter = ({ args: [, name, isNullable] }) => clauses(`ALTER COLUMN ${quotedColumn(String(name))} ${isTrue(isNullable) ? 'DROP' : 'SET'} NOT NULL`);

function clauses(...all: readonly string[]): Alteration {
  return { clauses: all, behind: [] };
}

/** Those that `bulk: true` puts into one statement. */
export const alters: ReadonlyMap<string, Alter> = new Map([
  ['add_column', addsColumn],
  ['add_timestamps', addsTimestamps],
  ['remove_column', (given, version): Alteration | undefined => removesColumns({ ...given, args: given.args.slice(0, 2) }, version)],
  ['remove_columns', removesColumns],
  ['remove_timestamps', (given, version): Alteration | undefined => removesColumns({ ...given, args: [...given.args.slice(0, 1), 'updated_at', 'created_at'] }, version)],
  ['change_column', changesColumn],
  ['change_column_default', changesDefault],
  ['change_column_null', changesNullability],
]);

export function altered(table: string, { clauses: all, behind }: Alteration): readonly string[] {
  return [`ALTER TABLE ${quotedTable(table)} ${all.join(', ')}`, ...behind];
}

/** Each in a statement of its own. `asks`: an option that has the database asked first. */
function each(name: string, asks?: 'if_exists' | 'if_not_exists'): Operation {
  return (given, { version }) => {
    const alteration = alters.get(name)?.(given, version);
    return perhaps(asks !== undefined && isTrue(given.options.entries.get(asks)), alteration && altered(String(given.args[0]), alteration));
  };
}

const addColumns: Operation = ({ args: [table = null, ...names], options, block }, context) => {
  const type = options.take('type');
  return type === undefined ? undefined : joined(names.map((name) => each('add_column', 'if_not_exists')({ args: [table, name, type], options: options.without('type'), block }, context)));
};

const changeColumn: Operation = (given, context) => {
  const { args: [table = null, name = null, type = null], options, block } = given;
  if (!changesColumnsInSteps(context.version)) return each('change_column')(given, context);
  const one = (method: string, value: Plain): readonly Sent[] | undefined => operations.get(method)?.({ args: [table, name, value], options: options.without(...options.entries.keys()), block }, context);
  const steps = [['change_column_default', 'default'], ['change_column_null', 'null'], ['change_column_comment', 'comment']].map(([method = '', option = '']) => (options.has(option) ? one(method, options.take(option) ?? null) : []));
  return joined([each('change_column')({ args: [table, name, type], options: options.without('default', 'null', 'comment'), block }, context), ...steps]);
};

const changeNull: Operation = (given, context) => {
  const { args: [table, name, isNullable, value = null] } = given;
  const sql = isTrue(isNullable) || value === null ? undefined : unseenDefault(value);
  if (!isTrue(isNullable) && value !== null && sql === undefined) return undefined;
  const column = quotedColumn(String(name));
  return joined([sql === undefined ? [] : [`UPDATE ${quotedTable(String(table))} SET ${column}=${sql} WHERE ${column} IS NULL`], each('change_column_null')(given, context)]);
};

/** An index is renamed with it, where it is called as ActiveRecord calls it. */
const renameColumn: Operation = ({ args: [table, name, next] }, { version }) => {
  const [from, to] = [name, next].map((column) => indexName(String(table), [String(column)], shortensIndexNames(version)));
  return [
    `ALTER TABLE ${quotedTable(String(table))} RENAME COLUMN ${quotedColumn(String(name))} TO ${quotedColumn(String(next))}`,
    { kind: 'perhaps', sent: [`ALTER INDEX ${quotedColumn(from ?? '')} RENAME TO ${quotedColumn(to ?? '')}`] },
  ];
};

const changeComment: Operation = ({ args: [table, column, comment], options }) => [columnComment(String(table), String(column), changedTo(comment, options))];

const addReference: Operation = ({ args: [table = null, name], options, block }, context) => {
  const { columns, index, foreignKey } = referenceOf(String(table), String(name), options, context.version);
  return joined([
    ...columns.map((column) => each('add_column', 'if_not_exists')({ args: [table, column.name, column.type], options: column.options, block }, context)),
    index ? createdIndex(String(table), columns.map((column) => column.name), index, true) : [],
    foreignKey ? addForeignKey({ args: [table, foreignKey.to], options: foreignKey.options, block }, context) : [],
  ]);
};

const removeReference: Operation = ({ args: [table = null, name], options, block }, context) => {
  const foreignKey = options.take('foreign_key');
  const column = `${String(name)}_id`;
  const conditions = options.without('polymorphic', 'foreign_key', 'index', 'type', 'null');
  const keyOptions = optionsOf(foreignKey).withDefaults({ to_table: plural(String(name)), column });
  const remove = (own: string): readonly Sent[] | undefined => each('remove_column', 'if_exists')({ args: [table, own], options: conditions, block }, context);
  return joined([isTrue(foreignKey) ? removeForeignKey({ args: [table], options: keyOptions, block }, context) : [], remove(column), options.flag('polymorphic') ? remove(`${String(name)}_type`) : []]);
};

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['add_column', each('add_column', 'if_not_exists')],
  ['add_columns', addColumns],
  ['add_timestamps', each('add_timestamps')],
  ['remove_column', each('remove_column', 'if_exists')],
  ['remove_columns', each('remove_columns')],
  ['remove_timestamps', each('remove_timestamps')],
  ['rename_column', renameColumn],
  ['change_column', changeColumn],
  ['change_column_default', each('change_column_default')],
  ['change_column_null', changeNull],
  ['change_column_comment', changeComment],
  ['add_reference', addReference],
  ['add_belongs_to', addReference],
  ['remove_reference', removeReference],
  ['remove_belongs_to', removeReference],
]);
