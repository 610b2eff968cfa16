// Fields that come and go. Source: add_field() and remove_field() in django/db/backends/base/schema.py of Django 5.2.

import { effectiveDefault, hasDatabaseDefault } from '../fields/default.ts';
import { hasForeignKey, isForeignKey, isManyToMany, textArgument } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { isAutomatic, tableOf, throughOf, type Column } from '../models/table.ts';
import { Unread } from '../unread.ts';
import { columnDefinition } from './column.ts';
import { found, withoutColumn, withoutConstraint } from './catalog.ts';
import type { SchemaEditor } from './editor.ts';
import { createFieldIndexes, foreignSuffix, onDelete } from './indexes.ts';
import { bareName, indexName, quoted, schemaOf } from './names.ts';
import { commentOn, createTable, dropModel, rememberColumn } from './tables.ts';

/** `model`: with the field. */
export function addColumn(model: Model, column: Column, apps: Apps, editor: SchemaEditor): void {
  const { field } = column;
  if (isManyToMany(field)) {
    if (isAutomatic(field)) createTable(throughOf(model, column, apps).model, apps, editor);
    return;
  }
  const table = tableOf(model);
  const definition = columnDefinition(column, model, apps, 'add');
  const reference = hasForeignKey(field) ? referenceOf(model, column, apps) : undefined;
  editor.execute(`ALTER TABLE ${quoted(table)} ADD COLUMN ${quoted(column.column)} ${definition}${reference?.sql ?? ''}`);
  rememberColumn(column, table, editor);
  if (reference) editor.add(table, { name: reference.name, kind: 'foreign', columns: [column.column], to: reference.to });
  if (!hasDatabaseDefault(field) && effectiveDefault(field, model, apps) !== undefined) editor.execute(`ALTER TABLE ${quoted(table)} ALTER COLUMN ${quoted(column.column)} DROP DEFAULT`);
  const comment = textArgument(field, 'db_comment');
  if (comment !== undefined) editor.execute(commentOn(table, column.column, comment));
  createFieldIndexes(model, column, apps, editor);
}

/** Checked at once, so that rows can be changed in the same transaction. */
function referenceOf(model: Model, { column, field }: Column, apps: Apps): { readonly name: string; readonly to: string; readonly sql: string } {
  const target = apps.targetColumn(model, field);
  const to = tableOf(target.model);
  const name = indexName(tableOf(model), [column], foreignSuffix({ table: to, column: target.column.column }));
  const schema = schemaOf(tableOf(model));
  const sql = ` CONSTRAINT ${quoted(name)} REFERENCES ${quoted(to)}(${quoted(target.column.column)})${onDelete(field)} DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS ${schema === '' ? '' : `${quoted(schema)}.`}${quoted(name)} IMMEDIATE`;
  return { name, to: bareName(to), sql };
}

/** `model`: that still has it. */
export function dropColumn(model: Model, column: Column, apps: Apps, editor: SchemaEditor): void {
  const { field } = column;
  if (isManyToMany(field)) {
    if (isAutomatic(field)) dropModel(throughOf(model, column, apps).model, apps, editor);
    return;
  }
  if (field.kind === undefined) throw new Unread(`what ${field.path} makes of a column is not known here`);
  const table = tableOf(model);
  if (isForeignKey(field)) dropForeignKeys(table, column.column, editor);
  editor.execute(`ALTER TABLE ${quoted(table)} DROP COLUMN ${quoted(column.column)}${apps.settings.version < 6.1 ? ' CASCADE' : ''}`);
  editor.catalog = withoutColumn(editor.catalog, table, column.column);
  const isOfColumn = (own: string, columns: readonly string[]): boolean => own === table && columns.includes(column.column);
  editor.forget(({ refers }) => isOfColumn(refers.table, refers.columns) || (refers.to !== undefined && isOfColumn(refers.to.table, [refers.to.column])));
}

/** Deferred checks are run first, since nothing can be dropped before them. True: there was one. */
export function dropForeignKeys(table: string, column: string, editor: SchemaEditor): boolean {
  const all = found(editor.catalog, table, ({ kind, columns }) => kind === 'foreign' && columns.length === 1 && columns[0] === column);
  for (const { name } of all) {
    editor.execute(`SET CONSTRAINTS ${quoted(name)} IMMEDIATE; ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
    editor.catalog = withoutConstraint(editor.catalog, table, name);
  }
  return all.length > 0;
}
