// A table between two models that gets another name, or points to another model.
// Source: _alter_many_to_many() in django/db/backends/base/schema.py of Django 5.2.

import type { Model } from '../models/model.ts';
import type { Column } from '../models/table.ts';
import { columnOf, tableOf, throughOf } from '../models/table.ts';
import { changeField } from './alter-field.ts';
import type { Side } from './alter-type.ts';
import type { SchemaEditor } from './editor.ts';
import { renameTable } from './tables.ts';

export function alterManyToMany(old: Side, next: Side, editor: SchemaEditor): void {
  const before = throughOf(old.model, old.column, old.apps);
  const behind = throughOf(next.model, next.column, next.apps);
  renameTable(tableOf(before.model), tableOf(behind.model), editor);
  const renamed: Model = { ...before.model, options: new Map([...before.model.options, ...behind.model.options]) };
  const column = (side: Side, model: Model, name: string): Column => columnOf(model, name, side.apps);
  for (const [from, to] of [[before.to, behind.to], [before.from, behind.from]] as const) {
    changeField({ model: renamed, column: column(old, renamed, from), apps: old.apps }, { model: behind.model, column: column(next, behind.model, to), apps: next.apps }, editor);
  }
}
