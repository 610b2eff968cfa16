// What Alembic's operations do to tables that are there, in the SQL that it prints. Source: alembic/ddl/impl.py and alembic/ddl/postgresql.py.

import { Given, isNothing } from '../../tree/given.ts';
import { plainText, type Call } from '../../tree/value.ts';
import { clauseOf, defaultOf } from './clause.ts';
import { columnOf, columnSql, commentSql } from './columns.ts';
import { actionsOf, deferrability, named } from './constraints.ts';
import { literal, quoted, quotedAll } from './identifiers.ts';
import { columnIndex, tableName } from './tables.ts';
import { typeOf } from './types.ts';

/** Undefined where something is not known here. */
type Statements = readonly string[] | undefined;

export function addColumn(call: Call): Statements {
  const given = new Given(call, ['table_name', 'column']);
  const [name, schema] = [given.text('table_name'), given.text('schema')];
  const column = columnOf(given.take('column'));
  const ifNotExists = given.flag('if_not_exists') ?? false;
  if (name === undefined || column === undefined || !given.isUnderstood) return undefined;
  const table = tableName(name, schema);
  return [
    `ALTER TABLE ${table} ADD COLUMN ${ifNotExists ? 'IF NOT EXISTS ' : ''}${columnSql(column, column.isKey && column.counts !== false)}`,
    ...column.foreignKeys.map(({ sql }) => `ALTER TABLE ${table} ADD ${sql}`),
    ...(column.isUnique && !column.isIndexed ? [`ALTER TABLE ${table} ADD UNIQUE (${quoted(column.name)})`] : []),
    ...(column.isIndexed ? [columnIndex(column, name, schema)] : []),
    ...(column.comment === undefined ? [] : [commentSql(table, column)]),
  ];
}

/** Type, nullability, default, comment and name, each in a statement of its own. */
export function alterColumn(call: Call): Statements {
  const given = new Given(call, ['table_name', 'column_name']);
  const [name, column, schema] = [given.text('table_name'), given.text('column_name'), given.text('schema')];
  if (name === undefined || column === undefined) return undefined;
  const table = tableName(name, schema);
  const alters = `ALTER TABLE ${table} ALTER COLUMN ${quoted(column)}`;
  const isNullable = given.flag('nullable');
  const [typed, defaulted, commented] = [typeChange(given, alters), defaultChange(given, alters), commentChange(given, table, column)];
  const renamed = given.text('new_column_name');
  given.pass('existing_type', 'existing_server_default', 'existing_nullable', 'existing_comment', 'existing_autoincrement', 'autoincrement', 'mysql_existing_default');
  if (typed === undefined || defaulted === undefined || commented === undefined || !given.isUnderstood) return undefined;
  const nulled = isNullable === undefined ? [] : [`${alters} ${isNullable ? 'DROP' : 'SET'} NOT NULL`];
  return [...typed, ...nulled, ...defaulted, ...commented, ...(renamed === undefined ? [] : [`ALTER TABLE ${table} RENAME ${quoted(column)} TO ${quoted(renamed)}`])];
}

function typeChange(given: Given, alters: string): Statements {
  const value = given.take('type_');
  const using = given.text('postgresql_using');
  if (value === undefined || isNothing(value)) return using === undefined ? [] : undefined;
  const type = typeOf(value);
  return type && [`${alters} TYPE ${type.sql}${using === undefined ? '' : ` USING ${using}`}`];
}

/** `False` stands for none. */
function defaultChange(given: Given, alters: string): Statements {
  const value = given.take('server_default');
  if (value === undefined || (value.kind === 'constant' && value.value === false)) return [];
  if (isNothing(value)) return [`${alters} DROP DEFAULT`];
  const sql = defaultOf(value);
  return sql === undefined ? undefined : [`${alters} SET DEFAULT ${sql}`];
}

function commentChange(given: Given, table: string, name: string): Statements {
  const value = given.take('comment');
  if (value === undefined || (value.kind === 'constant' && value.value === false)) return [];
  const comment = plainText(value);
  return comment === undefined && !isNothing(value) ? undefined : [commentSql(table, { name, comment })];
}

export function dropColumn(call: Call): Statements {
  const given = new Given(call, ['table_name', 'column_name']);
  const [name, column, schema] = [given.text('table_name'), given.text('column_name'), given.text('schema')];
  const ifExists = given.flag('if_exists') ?? false;
  given.pass('mssql_drop_check', 'mssql_drop_default', 'mssql_drop_foreign_key');
  if (name === undefined || column === undefined || !given.isUnderstood) return undefined;
  return [`ALTER TABLE ${tableName(name, schema)} DROP COLUMN ${ifExists ? 'IF EXISTS ' : ''}${quoted(column)}`];
}

export function dropTable(call: Call): Statements {
  const given = new Given(call, ['table_name']);
  const [name, schema] = [given.text('table_name'), given.text('schema')];
  const ifExists = given.flag('if_exists') ?? false;
  return name === undefined || !given.isUnderstood ? undefined : [`DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${tableName(name, schema)}`];
}

export function renameTable(call: Call): Statements {
  const given = new Given(call, ['old_table_name', 'new_table_name']);
  const [from, to, schema] = [given.text('old_table_name'), given.text('new_table_name'), given.text('schema')];
  return from === undefined || to === undefined || !given.isUnderstood ? undefined : [`ALTER TABLE ${tableName(from, schema)} RENAME TO ${quoted(to)}`];
}

export function commentTable(call: Call): Statements {
  const given = new Given(call, ['table_name', 'comment']);
  const [name, comment, schema] = [given.text('table_name'), given.text('comment'), given.text('schema')];
  given.pass('existing_comment');
  return name === undefined || !given.isUnderstood ? undefined : [`COMMENT ON TABLE ${tableName(name, schema)} IS ${comment === undefined ? 'NULL' : literal(comment)}`];
}

export function createForeignKey(call: Call): Statements {
  const given = new Given(call, ['constraint_name', 'source_table', 'referent_table', 'local_cols', 'remote_cols']);
  const name = given.text('constraint_name');
  const [table, target] = [given.text('source_table'), given.text('referent_table')];
  const [columns, targets] = [given.texts('local_cols'), given.texts('remote_cols')];
  const [schema, other] = [given.text('source_schema'), given.text('referent_schema')];
  const actions = actionsOf(given);
  if (table === undefined || target === undefined || columns === undefined || targets === undefined || !given.isUnderstood) return undefined;
  return [`ALTER TABLE ${tableName(table, schema)} ADD ${named(name)}FOREIGN KEY(${quotedAll(columns)}) REFERENCES ${tableName(target, other)} (${quotedAll(targets)})${actions}`];
}

export function createUnique(call: Call): Statements {
  return columnsConstraint(call, 'UNIQUE');
}

export function createKey(call: Call): Statements {
  return columnsConstraint(call, 'PRIMARY KEY');
}

function columnsConstraint(call: Call, words: string): Statements {
  const given = new Given(call, ['constraint_name', 'table_name', 'columns']);
  const [name, table, schema] = [given.text('constraint_name'), given.text('table_name'), given.text('schema')];
  const columns = given.texts('columns');
  const late = deferrability(given);
  if (table === undefined || columns === undefined || !given.isUnderstood) return undefined;
  return [`ALTER TABLE ${tableName(table, schema)} ADD ${named(name)}${words} (${quotedAll(columns)})${late}`];
}

export function createCheck(call: Call): Statements {
  const given = new Given(call, ['constraint_name', 'table_name', 'condition']);
  const [name, table, schema] = [given.text('constraint_name'), given.text('table_name'), given.text('schema')];
  const value = given.take('condition');
  const condition = plainText(value) ?? clauseOf(value);
  const isInvalid = given.flag('postgresql_not_valid') ?? false;
  if (table === undefined || condition === undefined || !given.isUnderstood) return undefined;
  return [`ALTER TABLE ${tableName(table, schema)} ADD ${named(name)}CHECK (${condition})${isInvalid ? ' NOT VALID' : ''}`];
}

export function dropConstraint(call: Call): Statements {
  const given = new Given(call, ['constraint_name', 'table_name', 'type_']);
  const [name, table, schema] = [given.text('constraint_name'), given.text('table_name'), given.text('schema')];
  const ifExists = given.flag('if_exists') ?? false;
  given.pass('type_');
  if (name === undefined || table === undefined || !given.isUnderstood) return undefined;
  return [`ALTER TABLE ${tableName(table, schema)} DROP CONSTRAINT ${ifExists ? 'IF EXISTS ' : ''}${quoted(name)}`];
}
