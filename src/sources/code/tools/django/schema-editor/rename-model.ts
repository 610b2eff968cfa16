// The table of a model that gets another name, and the columns that point to it.
// Source: RenameModel.database_forwards() in django/db/migrations/operations/models.py of Django 5.2.

import { isManyToMany } from '../fields/field.ts';
import type { Apps, Owned } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { columnName, isMigrated, ownManyToMany, tableOf, withTable, type Column } from '../models/table.ts';
import { changeField } from './alter-field.ts';
import type { SchemaEditor } from './editor.ts';
import { alterManyToMany } from './many-to-many.ts';
import { renameTable } from './tables.ts';

export function renameModel(app: string, names: { readonly old: string; readonly next: string }, from: Apps, to: Apps, editor: SchemaEditor): void {
  const [old, next] = [from.models.get(app, names.old), to.models.get(app, names.next)];
  if (!isMigrated(next, to)) return;
  renameTable(tableOf(old), tableOf(next), editor);
  for (const related of inOrder(from.relatedTo(old), old)) repoint(related, { old, next }, from, to, editor);
  const others = ownManyToMany(next);
  for (const [index, one] of ownManyToMany(old).entries()) {
    const other = others[index];
    if (other === undefined || to.targetOf(next, other.field) === next) continue;
    alterManyToMany({ model: old, column: asColumn(one), apps: from }, { model: next, column: asColumn(other), apps: to }, editor);
  }
}

/** Its own come last: Django has made the model anew by then. */
function inOrder(related: readonly Owned[], old: Model): readonly Owned[] {
  return [...related.filter(({ model }) => model !== old), ...related.filter(({ model }) => model === old)];
}

function repoint({ model, column }: Owned, { old, next }: { readonly old: Model; readonly next: Model }, from: Apps, to: Apps, editor: SchemaEditor): void {
  const owner = model === old ? next : to.models.get(model.app, model.name);
  const field = owner.fields.get(column.name);
  if (field === undefined) return;
  const before = model === old && !isManyToMany(field) ? withTable(old, tableOf(next)) : model;
  changeField({ model: before, column, apps: from }, { model: owner, column: { ...column, field, column: columnName(column.name, field) }, apps: to }, editor);
}

function asColumn({ name, field }: Pick<Column, 'name' | 'field'>): Column {
  return { name, field, column: name };
}
