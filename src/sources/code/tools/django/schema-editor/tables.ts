// Tables that come, go and get other names.
// Source: create_model(), delete_model() and alter_db_table() in django/db/backends/base/schema.py of Django 5.2.

import { hasValues } from '../expressions/expression.ts';
import { textLiteral } from '../expressions/literal.ts';
import { checkOf } from '../fields/column-type.ts';
import { classOf, hasForeignKey, isPrimaryKey, isUnique, shortName, textArgument } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import { optionText, together, type Model } from '../models/model.ts';
import { columnOf, columnsOf, ownManyToMany, tableOf, throughOf, type Column } from '../models/table.ts';
import { Unread } from '../unread.ts';
import { withTable, withTableRenamed, withoutTable } from './catalog.ts';
import { columnDefinition } from './column.ts';
import { constraintInTable } from './constraints.ts';
import type { SchemaEditor } from './editor.ts';
import { createFieldIndexes, createIndex, foreignKey, uniqueConstraint } from './indexes.ts';
import { postgresName, quoted } from './names.ts';

export function createTable(model: Model, apps: Apps, editor: SchemaEditor): void {
  const table = tableOf(model);
  const fieldsOf = (names: readonly string[]): readonly string[] => names.map((name) => columnOf(model, name, apps).column);
  for (const names of together(model.options.get('unique_together'))) editor.defer(uniqueConstraint(table, fieldsOf(names)));
  const known: Column[] = [];
  const unknown: string[] = [];
  const definitions: string[] = [];
  for (const column of columnsOf(model, apps)) {
    const definition = definitionOf(column, model, apps, unknown);
    if (definition === undefined) continue;
    definitions.push(`${quoted(column.column)} ${definition}`);
    if (column.field.kind === undefined) continue;
    known.push(column);
    if (hasForeignKey(column.field)) editor.defer(foreignKey(model, column, apps));
  }
  const isApart = known.some(({ field }) => hasValues(field.args.get('db_default')) || (field.kind === 'GeneratedField' && hasValues(field.args.get('expression'))));
  const constraints = model.constraints.flatMap((constraint) => constraintInTable(constraint, model, apps, editor, isApart) ?? []);
  editor.execute(`CREATE TABLE ${quoted(table)} (${[...definitions, ...constraints.map(({ sql }) => sql)].join(', ')})`);
  editor.catalog = withTable(editor.catalog, table);
  for (const column of known) rememberColumn(column, table, editor);
  for (const { makes } of constraints) editor.add(table, makes);
  if (unknown.length > 0) editor.gap(`what ${unknown.join(', ')} ${unknown.length === 1 ? 'makes of a column' : 'make of columns'} is not known here`);
  createComments(model, table, known, editor);
  for (const column of known) createFieldIndexes(model, column, apps, editor);
  for (const index of model.indexes) createIndex(index, model, apps, editor, 'deferred');
  for (const one of ownManyToMany(model)) createTable(throughOf(model, one, apps).model, apps, editor);
}

/** Of a class that is not known, there may be a column of that name, or none. Undefined for the latter. */
function definitionOf(column: Column, model: Model, apps: Apps, unknown: string[]): string | undefined {
  try {
    return columnDefinition(column, model, apps, 'create');
  } catch (error) {
    if (!(error instanceof Unread) || column.field.kind !== undefined) throw error;
    const name = shortName(column.field.path);
    if (!unknown.includes(name)) unknown.push(name);
    return column.field.args.has('to') || !/^\w+$/.test(name) ? undefined : `\${${name}}`;
  }
}

/** What PostgreSQL makes of words in a column. */
export function rememberColumn({ column, field }: Column, table: string, editor: SchemaEditor): void {
  if (isPrimaryKey(field)) editor.add(table, { name: postgresName(table, '', 'pkey'), kind: 'primary', columns: [column] });
  else if (isUnique(field)) editor.add(table, { name: postgresName(table, column, 'key'), kind: 'unique', columns: [column] });
  if (classOf(field).counts) editor.add(table, { name: postgresName(table, column, 'seq'), kind: 'sequence', columns: [column] });
  if (checkOf(field, column) !== undefined) editor.add(table, { name: postgresName(table, column, 'check'), kind: 'check', columns: [column] });
}

function createComments(model: Model, table: string, columns: readonly Column[], editor: SchemaEditor): void {
  const comment = optionText(model, 'db_table_comment');
  if (comment !== undefined) editor.execute(`COMMENT ON TABLE ${quoted(table)} IS ${textLiteral(comment)}`);
  for (const { column, field } of columns) {
    const own = textArgument(field, 'db_comment');
    if (own !== undefined) editor.execute(commentOn(table, column, own));
  }
}

export function commentOn(table: string, column: string, comment: string | undefined): string {
  return `COMMENT ON COLUMN ${quoted(table)}.${quoted(column)} IS ${textLiteral(comment ?? '')}`;
}

export function dropModel(model: Model, apps: Apps, editor: SchemaEditor): void {
  for (const one of ownManyToMany(model)) dropModel(throughOf(model, one, apps).model, apps, editor);
  dropTable(tableOf(model), editor);
}

function dropTable(table: string, editor: SchemaEditor): void {
  editor.execute(`DROP TABLE ${quoted(table)} CASCADE`);
  editor.catalog = withoutTable(editor.catalog, table);
  editor.forget(({ refers }) => refers.table === table || refers.to?.table === table);
}

export function renameTable(from: string, to: string, editor: SchemaEditor): void {
  if (from === to) return;
  editor.execute(`ALTER TABLE ${quoted(from)} RENAME TO ${quoted(to)}`);
  editor.catalog = withTableRenamed(editor.catalog, from, to);
  editor.rename((refers) => ({
    ...refers,
    table: refers.table === from ? to : refers.table,
    ...(refers.to ? { to: { ...refers.to, table: refers.to.table === from ? to : refers.to.table } } : {}),
  }));
}

