// Columns and the types that a migration gives them.

import type { ColumnType } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Timeline, PlacedAct } from '../model/timeline.ts';
import { definitionsIn } from '../text/definitions.ts';
import type { Span } from '../text/span.ts';

/** A column that gets a type, by CREATE TABLE, ADD COLUMN or ALTER COLUMN … TYPE. */
export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Its definition, or the action. */
  readonly span: Span;
  readonly act: PlacedAct;
}

/** Without those of temporary and of foreign tables. */
export function* typedColumns({ acts, source }: Timeline): Generator<TypedColumn> {
  for (const act of acts.get('create-table') ?? []) {
    const { change } = act;
    if (change.kind !== 'create-table' || change.persistence === 'temporary' || change.foreign || change.ofType) continue;
    const definitions = definitionsIn(source, change.span);
    for (const { name, type } of change.columns) {
      yield { name, type, span: definitions.get(name) ?? change.span, act };
    }
  }
  for (const act of [...(acts.get('add-column') ?? []), ...(acts.get('alter-column-type') ?? [])]) {
    const { change } = act;
    if (change.kind === 'add-column') yield { name: change.column.name, type: change.column.type, span: change.span, act };
    if (change.kind === 'alter-column-type') yield { name: change.column, type: change.type, span: change.span, act };
  }
}

/** The columns that CREATE TABLE or ADD COLUMN define. */
export function definedColumns({ change }: PlacedAct): readonly ColumnDefinition[] {
  if (change.kind === 'create-table') return change.columns;
  return change.kind === 'add-column' ? [change.column] : [];
}
