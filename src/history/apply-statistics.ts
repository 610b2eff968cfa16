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
  const name = statistics ? catalog.creationName(statistics) : freeName(of, columns, catalog);
  const seen = updateRelation(catalog, table, (relation) => relation);
  return isThere(name, catalog) ? seen : seen.with({ statistics: seen.parts.statistics.with(printName(name), of) });
}

/** It stands in the schema of its table. Source: ChooseExtendedStatisticName() in src/backend/commands/statscmds.c. */
function freeName(table: QualifiedName, columns: readonly string[], catalog: Catalog): QualifiedName {
  for (let count = 0; ; count += 1) {
    const name = objectName(table.name, columns.join('_'), count === 0 ? 'stat' : `stat${count}`);
    if (!isThere({ ...table, name }, catalog)) return { ...table, name };
  }
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
