// The column of a foreign key that is of another type than what it refers to, where the finding says so.

import type { ColumnType } from '../model/column-type.ts';
import { columnsReferenced, foreignKeysOf } from '../model/foreign-key.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Ailment } from './ailment.ts';

export interface Mismatch {
  readonly table: QualifiedName;
  readonly column: string;
  /** What the column should be of. */
  readonly type: ColumnType;
}

export function mismatchIn({ act: own, step, draft, timeline: { steps } }: Ailment): Mismatch | undefined {
  const act = own ?? step.acts[0];
  const end = steps.at(-1)?.after;
  if (act === undefined || end === undefined || !('table' in act.change) || act.change.table === undefined) return undefined;
  const table = end.find(act.after.qualify(act.change.table));
  if (typeof table === 'string') return undefined;
  return foreignKeysOf(table)
    .flatMap((key) => {
      const there = end.find(key.references);
      const referenced = typeof there === 'string' ? [] : columnsReferenced(key, there);
      return key.columns.flatMap((column, place): Mismatch[] => {
        const other = referenced[place] ?? '';
        const target = end.column(key.references, other);
        const isMeant = draft.message.startsWith(`${column} of ${printName(table.name)} is `) && draft.message.includes(`, and ${other} of ${printName(key.references)}, which it refers to, is `);
        return isMeant && typeof target !== 'string' ? [{ table: table.name, column, type: target.type }] : [];
      });
    })
    .at(0);
}
