// Foreign keys that point to a column whose type changes, in whichever model they are.
// Source: _related_non_m2m_objects() and _alter_field() in django/db/backends/base/schema.py of Django 5.2.

import { hasForeignKey, isPrimaryKey, isUnique } from '../fields/field.ts';
import { tableOf } from '../models/table.ts';
import { alterType, collation, typeOf, type Side } from './alter-type.ts';
import type { SchemaEditor } from './editor.ts';
import { dropForeignKeys } from './fields.ts';
import { foreignKey } from './indexes.ts';
import { quoted } from './names.ts';

/** Columns that point to it have to follow. */
export function keyChange(old: Side, next: Side): boolean {
  const [before, behind] = [old.column.field, next.column.field];
  const stays = (isPrimaryKey(before) && isPrimaryKey(behind)) || (isUnique(before) && isUnique(behind));
  return stays && (typeOf(old) !== typeOf(next) || collation(old) !== collation(next));
}

interface Pair {
  readonly old: Side;
  readonly next: Side;
}

/** With those that point to what points to it. */
function pointingTo(old: Side, next: Side): readonly Pair[] {
  const found = (side: Side): readonly Side[] => side.apps.pointingTo(side.model, side.column).map(({ model, column }) => ({ model, column, apps: side.apps }));
  const others = found(next);
  return found(old).flatMap((own, index) => {
    const other = others[index];
    return other === undefined || other.column.name === next.column.name && other.model === next.model ? [] : [{ old: own, next: other }, ...pointingTo(own, other)];
  });
}

export function dropPointing(old: Side, next: Side, editor: SchemaEditor): void {
  for (const { next: own } of pointingTo(old, next)) dropForeignKeys(tableOf(own.model), own.column.column, editor);
}

export function recreatePointing(old: Side, next: Side, editor: SchemaEditor, what: 'types' | 'keys'): void {
  for (const pair of pointingTo(old, next)) {
    if (what === 'types') {
      const { clause, behind } = alterType(pair.old, pair.next, editor);
      editor.execute(`ALTER TABLE ${quoted(tableOf(pair.next.model))} ${clause}`);
      for (const text of behind) editor.execute(text);
    } else if (hasForeignKey(pair.next.column.field)) editor.run(foreignKey(pair.next.model, pair.next.column, pair.next.apps, '_fk'));
  }
}
