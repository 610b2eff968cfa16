// What a new table has from those that it inherits from, or is a partition of.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { NamedList } from '../model/named-list.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation, TableConstraint } from '../model/relation.ts';
import { isSameConstraint } from '../model/same-constraint.ts';
import type { PostgresVersion } from '../model/version.ts';
import { inheritedNames } from './not-null.ts';

/** Columns, CHECKs and NOT NULLs of parents come before its own, and are valid where there are no rows; where a parent is not known, it is not complete. */
export function inheritFrom(catalog: Catalog, table: Relation, sources: readonly QualifiedName[], version: PostgresVersion): Relation {
  return sources.reduceRight((next, name) => {
    const source = catalog.find(name);
    if (source === 'absent' || source === 'unknown') return { ...next, complete: false };
    const isPassed = (one: TableConstraint): boolean =>
      (one.type === 'check' && !one.noInherit) || (one.type === 'foreign-key' && next.partitionOf !== undefined);
    const passed = source.constraints.filter((one) => isPassed(one) && !next.constraints.some((own) => isSameConstraint(own, one)));
    return {
      ...next,
      complete: next.complete && source.complete,
      columns: inheritedColumns(source, next, version),
      constraints: NamedList.of([...passed.map((one) => ({ ...one, local: false, valid: one.type === 'check' ? one.enforced : one.valid })), ...next.constraints]),
    };
  }, table);
}

/** What both define has the default of its own, where it has one, and is NOT NULL where one of them is. A partition has no column of its own. */
function inheritedColumns(source: Relation, table: Relation, version: PostgresVersion): OrderedMap<Column> {
  const names = inheritedNames(source);
  const isPartition = table.partitionOf !== undefined;
  const sharesIdentity = isPartition && version >= 17;
  const merged = [...source.columns].map(([name, column]): [string, Column] => {
    const own = table.columns.get(name);
    const nullable = !names.has(name);
    if (own === undefined) return [name, { ...column, nullable, local: false, identity: sharesIdentity && column.identity }];
    const { hasDefault, generated } = column;
    const merged = { type: column.type, nullable: own.nullable && nullable, hasDefault: own.hasDefault || hasDefault, defaultType: own.hasDefault ? givenTo(own, column) : column.defaultType, generated: own.generated ?? generated, ...(own.hasDefault || own.generated ? {} : { reads: column.reads, needs: column.needs }) };
    return [name, { ...own, ...merged, identity: own.identity || (sharesIdentity && column.identity), local: own.local && !isPartition }];
  });
  return OrderedMap.of([...merged, ...[...table.columns].filter(([name]) => !source.columns.has(name))]);
}

/** What is in quotes is made the type that the column has from above. */
function givenTo({ type, defaultType }: Column, above: Column): Column['defaultType'] {
  return defaultType && isSameName(defaultType.name, type.name) ? above.type : defaultType;
}
