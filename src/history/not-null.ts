// NOT NULL of columns: a mark, and from PostgreSQL 18 on a constraint that has a name.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { QualifiedName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { notNullName } from './constraint-names.ts';
import { ownInChildren, tablesLosing } from './inherited-constraint.ts';
import { updateRelation } from './relation.ts';

type NotNull = Extract<TableConstraint, { readonly type: 'not-null' }>;

/** `names`: what the constraint of a column is called above; without one, PostgreSQL makes one up. */
export function requireColumns(relation: Relation, columns: readonly string[], catalog: Catalog, names = unnamed): Relation {
  const isUnproven = (one: TableConstraint): boolean =>
    !one.valid && one.type === 'not-null' && one.columns.every((column) => columns.includes(column));
  const { constraints: before } = relation;
  const proven = before.changed((one) => (isUnproven(one) ? { ...one, valid: true } : one));
  const missing = columns.filter((column) => relation.columns.has(column) && notNullOf(relation, column) === undefined);
  const taken = new Set<string>();
  const added = missing.map((column) => {
    const one = made(relation, column, names.get(column), catalog, taken);
    taken.add(one.name);
    return one;
  });
  const constraints = added.reduce((all, one) => all.with(one), proven);
  const marked = markedNotNull(relation.columns, columns);
  return constraints === before && marked === relation.columns ? relation : { ...relation, columns: marked, constraints };
}

/** The same, and the table has them by itself from now on. */
export function requireItself(relation: Relation, columns: readonly string[], catalog: Catalog): Relation {
  const required = requireColumns(relation, columns, catalog);
  const isOfThem = (one: TableConstraint): boolean => columns.some((column) => isNotNullOf(one, column));
  return { ...required, constraints: required.constraints.changed((one) => (isOfThem(one) && !one.local ? { ...one, local: true } : one)) };
}

const unnamed: ReadonlyMap<string, string> = new Map();

export function notNullOf({ constraints }: Relation, column: string): NotNull | undefined {
  return constraints.find((one) => isNotNullOf(one, column));
}

export function isNotNullOf(one: TableConstraint, column: string): one is NotNull {
  return one.type === 'not-null' && one.columns[0] === column;
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
  const columns = found ? relation.columns.with(column, { ...found, nullable: true }) : relation.columns;
  return { ...relation, columns, constraints: relation.constraints.filter((one) => !isNotNullOf(one, column)) };
}

/** 18: tables below keep it that have it on their own, or from another parent; with ONLY, all of them do. */
export function releaseTree(catalog: Catalog, table: QualifiedName, only: boolean, constraint: NotNull, version: PostgresVersion): Catalog {
  const [column = ''] = constraint.columns;
  const losing = only ? [table] : tablesLosing(catalog, table, constraint);
  const released = losing.reduce((next, name) => updateRelation(next, name, (relation) => releaseColumn(relation, column)), catalog);
  return only ? ownInChildren(released, table, constraint, version) : released;
}

/** Before 18, no NOT NULL has a name, and anything else may be called as we call it. */
export function makeWay(relation: Relation, name: string, catalog: Catalog): Relation {
  const found = relation.constraints.get(name);
  if (found?.type !== 'not-null') return relation;
  const other = notNullName(found.columns.join('_'), relation, catalog, new Set());
  return { ...relation, constraints: relation.constraints.replaced(name, { ...found, name: other }) };
}

function markedNotNull(columns: Relation['columns'], names: readonly string[]): Relation['columns'] {
  return names.reduce((next, name) => {
    const column = next.get(name);
    return column?.nullable ? next.with(name, { ...column, nullable: false }) : next;
  }, columns);
}

function made(relation: Relation, column: string, given: string | undefined, catalog: Catalog, taken: ReadonlySet<string>): NotNull {
  const isFree = given !== undefined && !taken.has(given) && !relation.constraints.some((one) => one.name === given);
  const name = isFree ? given : notNullName(column, relation, catalog, taken);
  const local = given === undefined;
  return { type: 'not-null', name, columns: [column], noInherit: false, valid: true, enforced: true, local, since: catalog.parts.moment };
}
