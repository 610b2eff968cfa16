// Columns that the keys of a CREATE TABLE name, and that it does not have. PostgreSQL looks at that before it looks whether the table is there, behind
// which nothing else shows what the statement says. Source: transformIndexConstraint() in src/backend/parser/parse_utilcmd.c.

import type { Catalog } from '../../model/catalog.ts';
import type { ChangeOf } from '../../model/change.ts';
import { printName } from '../../model/names.ts';
import { isPlaceholder } from '../../model/placeholder.ts';
import type { Refusal } from '../../model/refusal.ts';
import { systemColumns } from '../../postgres/system-columns.ts';
import { mayBeTemporary } from './absence.ts';

export function lostKeyColumns(change: ChangeOf<'create-table'>, catalog: Catalog): readonly Refusal[] {
  const known = knownColumns(change, catalog);
  if (known === undefined) return [];
  const named = change.constraints.flatMap((one) => ('included' in one && one.type !== 'exclusion' ? [...one.columns, ...one.included] : []));
  const lost = named.find((name) => !known.has(name) && !systemColumns.has(name) && !isPlaceholder(name));
  if (lost === undefined) return [];
  const of = printName(catalog.creationName(change.table));
  return [{ kind: 'missing', error: '42703', phase: 'analysis', change, span: change.span, object: `column ${lost}`, of, why: 'never' }];
}

/** Undefined where some come from what the history does not show. */
function knownColumns({ columns, like, inherits, ofType, partitionOf }: ChangeOf<'create-table'>, catalog: Catalog): ReadonlySet<string> | undefined {
  const known = new Set(columns.map(({ name }) => name));
  if (ofType !== undefined) return undefined;
  for (const name of [...like.map(({ table }) => table), ...inherits, ...(partitionOf ? [partitionOf.parent] : [])]) {
    const found = mayBeTemporary(name, catalog) ? 'unknown' : catalog.find(name);
    if (typeof found === 'string' || !catalog.isWhollyKnown(found)) return undefined;
    for (const column of found.columns.keys()) known.add(column);
  }
  return known;
}
