// What a new table has from those that it inherits from, or is a partition of.

import type { Catalog } from '../model/catalog.ts';
import type { QualifiedName } from '../model/names.ts';
import { NamedList } from '../model/named-list.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import { inheritedNames } from './not-null.ts';

/** Columns and CHECKs of parents come before its own, and are valid where there are no rows; where a parent is not known, it is not complete. */
export function inheritFrom(catalog: Catalog, table: Relation, sources: readonly QualifiedName[]): Relation {
  return sources.reduceRight((next, name) => {
    const source = catalog.find(name);
    if (source === 'absent' || source === 'unknown') return { ...next, complete: false };
    const isPassed = (one: TableConstraint): boolean =>
      (one.type === 'check' && !one.noInherit) || (one.type === 'foreign-key' && next.partitionOf !== undefined);
    const passed = source.constraints.filter((one) => isPassed(one) && !next.constraints.some((own) => isSameConstraint(own, one)));
    return {
      ...next,
      complete: next.complete && source.complete,
      columns: inheritedColumns(source, next),
      constraints: NamedList.of([...passed.map((one) => ({ ...one, local: false, valid: one.type === 'check' ? one.enforced : one.valid })), ...next.constraints]),
    };
  }, table);
}

/** What both define has the default of its own, where it has one, and is NOT NULL where one of them is. A partition has no column of its own. */
function inheritedColumns(source: Relation, table: Relation): OrderedMap<Column> {
  const names = inheritedNames(source);
  const isPartition = table.partitionOf !== undefined;
  const merged = [...source.columns].map(([name, column]): [string, Column] => {
    const own = table.columns.get(name);
    const nullable = column.nullable || !names.has(name);
    if (own === undefined) return [name, { ...column, nullable, local: false, identity: isPartition && column.identity }];
    const { hasDefault, generated } = column;
    const merged = { type: column.type, nullable: own.nullable && nullable, hasDefault: own.hasDefault || hasDefault, defaultType: own.hasDefault ? own.defaultType : column.defaultType, generated: own.generated ?? generated, ...(own.hasDefault || own.generated ? {} : { reads: column.reads, needs: column.needs }) };
    return [name, { ...own, ...merged, identity: own.identity || (isPartition && column.identity), local: own.local && !isPartition }];
  });
  return OrderedMap.of([...merged, ...[...table.columns].filter(([name]) => !source.columns.has(name))]);
}
