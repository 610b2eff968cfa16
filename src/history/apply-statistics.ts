// Statistics objects: which table they are of, and which of its columns.

import type { Catalog } from '../model/catalog.ts';
import type { Statistics } from '../model/catalog-objects.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import { objectName } from './constraint-names.ts';
import { updateRelation } from './relation.ts';

export function create(
  catalog: Catalog,
  { statistics, table, columns, expressions, parts }: ChangeOf<'create-statistics'>,
): Catalog {
  const of = { table: catalog.qualify(table), columns, expressions };
  const seen = updateRelation(catalog, table, (relation) => relation);
  if (statistics === undefined) return createUnnamed(seen, of, parts);
  const name = catalog.creationName(statistics);
  return isThere(name, catalog) ? seen : seen.with({ statistics: seen.parts.statistics.with(printName(name), of) });
}

/** It stands in the schema of its table. Source: ChooseExtendedStatisticName() in src/backend/commands/statscmds.c. */
function createUnnamed(catalog: Catalog, made: Statistics, parts: readonly string[]): Catalog {
  const { statistics, madeUp } = catalog.parts;
  const { table } = made;
  const nameOf = (count: number): QualifiedName => ({ ...table, name: objectName(table.name, parts.join('_'), count === 0 ? 'stat' : `stat${count}`) });
  const first = printName(nameOf(0));
  // As long as nothing else has come or gone since the last one, all names before its own are taken.
  let count = madeUp?.first === first && madeUp.statistics === statistics ? madeUp.next : 0;
  while (isThere(nameOf(count), catalog)) count += 1;
  const next = statistics.with(printName(nameOf(count)), made);
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
  const old = catalog.qualifyStatistics(statistics);
  const found = catalog.parts.statistics.get(printName(old));
  if (found === undefined || typeof found === 'string') return catalog;
  const moved = catalog.parts.statistics.with(printName(old), 'absent').with(printName({ ...old, ...to }), found);
  return catalog.with({ statistics: moved });
}

/** They go with a column of theirs. */
export function dropWithColumn(catalog: Catalog, table: QualifiedName, column: string): Catalog {
  return changeOf(catalog, table, (one) => ([...one.columns, ...one.expressions.flatMap(({ columns }) => columns)].includes(column) ? 'absent' : one));
}

/** To another table, or to none, or under other names of its columns. */
export function changeOf(catalog: Catalog, table: QualifiedName, change: (one: Statistics) => Statistics | 'absent'): Catalog {
  const all = ofTable(catalog, table);
  if (all.length === 0) return catalog;
  return catalog.with({ statistics: all.reduce((map, [name, one]) => map.with(name, change(one)), catalog.parts.statistics) });
}

/** To the new name of their schema, or to nowhere. */
export function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  const { statistics } = catalog.parts;
  const followed = statistics.entries().reduce((map, [key, one]) => {
    if (typeof one === 'string' || !key.startsWith(`${schema}.`)) return map;
    const gone = map.with(key, 'absent');
    return to === undefined ? gone : gone.with(printName({ schema: to, name: key.slice(schema.length + 1) }), one);
  }, statistics);
  return followed === statistics ? catalog : catalog.with({ statistics: followed });
}

/** LIKE … INCLUDING STATISTICS: plain columns come first in the names that PostgreSQL makes up. */
export function copyStatistics(catalog: Catalog, from: QualifiedName, table: QualifiedName): Catalog {
  return ofTable(catalog, from).reduce((next, [, one]) => createUnnamed(next, { ...one, table }, [...one.columns, ...one.expressions.map(() => 'expr')]), catalog);
}

function ofTable({ parts: { statistics } }: Catalog, table: QualifiedName): (readonly [string, Statistics])[] {
  if (statistics.isEmpty) return [];
  return statistics.entries().flatMap(([name, one]) => (typeof one !== 'string' && isSameName(one.table, table) ? [[name, one] as const] : []));
}
