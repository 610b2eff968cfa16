// Constraints and indexes over several fields that have no name in the model.
// Source: alter_unique_together() and _delete_composed_index() in django/db/backends/base/schema.py of Django 5.2.

import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { columnOf, tableOf } from '../models/table.ts';
import { Unread } from '../unread.ts';
import { found, type Constraint } from './catalog.ts';
import { dropConstraint } from './constraints.ts';
import type { SchemaEditor } from './editor.ts';
import { columnIndex, dropIndex, uniqueConstraint } from './indexes.ts';
import { indexName } from './names.ts';

type Lists = readonly (readonly string[])[];

export function alterTogether(model: Model, apps: Apps, old: Lists, next: Lists, kind: 'unique' | 'index', editor: SchemaEditor): void {
  const table = tableOf(model);
  const columnsOf = (names: readonly string[]): readonly string[] => names.map((name) => columnOf(model, name, apps).column);
  for (const names of without(old, next)) {
    if (kind === 'unique' && editor.forget(({ refers, makes }) => makes?.(refers).kind === 'unique' && refers.table === table && refers.columns.join() === columnsOf(names).join())) continue;
    const name = composedName(model, columnsOf(names), kind, editor);
    if (kind === 'unique') dropConstraint(table, name, editor);
    else dropIndex(name, editor);
  }
  for (const names of without(next, old)) editor.run(kind === 'unique' ? uniqueConstraint(table, columnsOf(names)) : columnIndex(table, columnsOf(names), '_idx'));
}

function without(lists: Lists, others: Lists): Lists {
  const known = new Set(others.map((names) => names.join()));
  return lists.filter((names, index) => !known.has(names.join()) && lists.findIndex((one) => one.join() === names.join()) === index);
}

/** Django stops where it does not find exactly one. */
export function composedName(model: Model, columns: readonly string[], kind: 'unique' | 'index', editor: SchemaEditor): string {
  const own = new Set([...model.constraints, ...model.indexes].map(({ name }) => name));
  const isMeant = (one: Constraint): boolean => (kind === 'unique' ? one.kind === 'unique' || (one.isUniqueIndex ?? false) : one.kind === 'index' && !one.isUniqueIndex);
  const all = found(editor.catalog, tableOf(model), (one) => isMeant(one) && one.columns.join() === columns.join() && !own.has(one.name));
  const usual = all.find(({ name }) => kind === 'unique' && name === indexName(tableOf(model), columns, '_uniq'));
  const [first] = usual ? [usual] : all;
  if (first === undefined || (all.length > 1 && !usual)) throw new Unread(`Django looks in the database for the one ${kind === 'unique' ? 'constraint' : 'index'} on these columns, and its name does not stand in the migrations before it`);
  return first.name;
}
