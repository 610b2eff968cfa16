// Which table a statistics object is of.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { objectName } from './constraint-names.ts';
import { updateRelation } from './relation.ts';

export function create(
  catalog: Catalog,
  { statistics, table, columns }: ChangeOf<'create-statistics'>,
): Catalog {
  const of = catalog.qualify(table);
  const seen = updateRelation(catalog, table, (relation) => relation);
  if (statistics === undefined) return createUnnamed(seen, of, columns);
  const name = catalog.creationName(statistics);
  return isThere(name, catalog) ? seen : seen.with({ statistics: seen.parts.statistics.with(printName(name), of) });
}

/** It stands in the schema of its table. Source: ChooseExtendedStatisticName() in src/backend/commands/statscmds.c. */
function createUnnamed(catalog: Catalog, table: QualifiedName, columns: readonly string[]): Catalog {
  const { statistics, madeUp } = catalog.parts;
  const nameOf = (count: number): QualifiedName => ({ ...table, name: objectName(table.name, columns.join('_'), count === 0 ? 'stat' : `stat${count}`) });
  const first = printName(nameOf(0));
  // As long as nothing else has come or gone since the last one, all names before its own are taken.
  let count = madeUp?.first === first && madeUp.statistics === statistics ? madeUp.next : 0;
  while (isThere(nameOf(count), catalog)) count += 1;
  const next = statistics.with(printName(nameOf(count)), table);
  return catalog.with({ statistics: next, madeUp: { first, next: count + 1, statistics: next } });
}

function isThere(name: QualifiedName, { parts }: Catalog): boolean {
  const found = parts.statistics.get(printName(name));
  return found !== undefined && typeof found !== 'string';
}

export function drop(catalog: Catalog, { statistics }: ChangeOf<'drop-statistics'>): Catalog {
  const name = printName(catalog.qualifyStatistics(statistics));
  return catalog.with({ statistics: catalog.parts.statistics.with(name, 'absent') });
}

export function move(catalog: Catalog, { statistics, to }: ChangeOf<'move-statistics'>): Catalog {
  const table = catalog.tableOfStatistics(statistics);
  const old = catalog.qualifyStatistics(statistics);
  if (table === 'absent' || table === 'unknown') return catalog;
  const moved = catalog.parts.statistics.with(printName(old), 'absent').with(printName({ ...old, ...to }), table);
  return catalog.with({ statistics: moved });
}
