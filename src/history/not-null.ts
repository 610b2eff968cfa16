// NOT NULL of columns: a mark, and from PostgreSQL 18 on a constraint that has a name.

import type { Catalog, Relation, TableConstraint } from '../model/catalog.ts';
import { notNullName } from './constraint-names.ts';

type NotNull = Extract<TableConstraint, { readonly type: 'not-null' }>;

/** `names`: what the constraint of a column is called above; without one, PostgreSQL makes one up. */
export function requireColumns(
  relation: Relation,
  columns: readonly string[],
  catalog: Catalog,
  names: ReadonlyMap<string, string> = new Map(),
): Relation {
  if (columns.length === 0) return relation;
  const constraints = relation.constraints.map((one) => (isUnproven(one, columns) ? { ...one, valid: true } : one));
  const taken = new Set<string>();
  for (const column of columns) {
    if (!relation.columns.has(column) || notNullOf(relation, column) !== undefined) continue;
    const one = made(relation, column, names.get(column), catalog, taken);
    taken.add(one.name);
    constraints.push(one);
  }
  return { ...markNotNull(relation, columns), constraints };
}

function isUnproven(one: TableConstraint, columns: readonly string[]): boolean {
  return !one.valid && one.type === 'not-null' && one.columns.every((column) => columns.includes(column));
}

export function notNullOf({ constraints }: Relation, column: string): NotNull | undefined {
  return constraints.find((one): one is NotNull => one.type === 'not-null' && one.columns[0] === column);
}

/** What the constraints of columns are called, as children take them over. */
export function inheritedNames(parent: Relation): ReadonlyMap<string, string> {
  return new Map(
    parent.constraints.flatMap((one) =>
      one.type === 'not-null' && !one.noInherit ? one.columns.map((column) => [column, one.name] as const) : [],
    ),
  );
}

/** The column may hold NULL again. */
export function releaseColumn(relation: Relation, column: string): Relation {
  const found = relation.columns.get(column);
  const columns = found ? new Map(relation.columns).set(column, { ...found, nullable: true }) : relation.columns;
  return { ...relation, columns, constraints: relation.constraints.filter((one) => one.type !== 'not-null' || one.columns[0] !== column) };
}

export function markNotNull(relation: Relation, columns: readonly string[]): Relation {
  if (columns.every((name) => relation.columns.get(name)?.nullable !== true)) return relation;
  const next = new Map(relation.columns);
  for (const name of columns) {
    const column = next.get(name);
    if (column?.nullable) next.set(name, { ...column, nullable: false });
  }
  return { ...relation, columns: next };
}

function made(relation: Relation, column: string, given: string | undefined, catalog: Catalog, taken: ReadonlySet<string>): NotNull {
  const name = given ?? notNullName(column, relation, catalog, taken);
  const local = given === undefined;
  return { type: 'not-null', name, columns: [column], noInherit: false, valid: true, enforced: true, local, since: catalog.parts.moment };
}
