// What a refusal is found from. Where anything that decides is not certain, nothing is found.

import type { Catalog } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
import { printName, type RelationName } from '../model/names.ts';
import type { RefusedHazard, Impossibility } from '../model/impossibility.ts';
import type { Column, Relation, TableKind } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';

export interface RefusalFacts {
  readonly before: Catalog;
  /** Before the first change of the statement: what PostgreSQL looks at while it prepares an ALTER TABLE. */
  readonly beginning: Catalog;
  /** As if PostgreSQL did not refuse it. */
  readonly after: Catalog;
  readonly version: PostgresVersion;
  /** All changes of the statement. */
  readonly beside: readonly Change[];
}

/** The relation, where history made it and shows all of its columns, constraints and indexes. */
export function whole(name: RelationName, catalog: Catalog): Relation | undefined {
  const relation = shown(name, catalog);
  return relation && catalog.isWhollyKnown(relation) ? relation : undefined;
}

/** The relation, where history made it and it is certainly there, as what it is. */
export function shown(name: RelationName, catalog: Catalog): Relation | undefined {
  const relation = catalog.find(name);
  if (typeof relation === 'string' || relation.born === undefined || relation.doubt !== 'none') return undefined;
  return catalog.isDoubted(relation.name, relation.born) ? undefined : relation;
}

/** A column that is certainly there. */
export function columnOf(table: RelationName, column: string, catalog: Catalog): Column | undefined {
  return whole(table, catalog)?.columns.get(column);
}

/** What may be said of a refusal beside its code and its message. */
export type MoreOfIt = Pick<Impossibility, 'help' | 'until' | 'phase' | 'pass' | 'isOfTable' | 'table'>;

/** `what` ends where the code of the error begins. */
export function refuse(
  hazard: RefusedHazard,
  code: string,
  message: string,
  more: MoreOfIt = {},
): Impossibility {
  return { hazard, code, message, ...more };
}

export function nameOf({ name }: Relation): string {
  return printName(name);
}

/** `public.orders is a view`. */
export const kindWords: Readonly<Record<TableKind, string>> = {
  table: 'a table',
  'partitioned-table': 'a partitioned table',
  'foreign-table': 'a foreign table',
  view: 'a view',
  'materialized-view': 'a materialized view',
  sequence: 'a sequence',
};

/** The first that says something. */
export function firstOf(...checks: readonly (() => Impossibility | undefined)[]): Impossibility | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
}
