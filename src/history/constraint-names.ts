// The names that PostgreSQL makes up for constraints, indexes and sequences without one: free in the whole schema.
// Source: ChooseConstraintName() in src/backend/catalog/pg_constraint.c, ChooseRelationName() and makeObjectName() in
// src/backend/commands/indexcmds.c.

import type { DomainConstraint } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { Constraint, ConstraintType } from '../model/constraint.ts';
import type { NamedList } from '../model/named-list.ts';
import { printName, truncateName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';

const suffixes: Readonly<Record<ConstraintType, string>> = {
  check: 'check',
  'foreign-key': 'fkey',
  unique: 'key',
  'primary-key': 'pkey',
  exclusion: 'excl',
  'not-null': 'not_null',
};

/** USING INDEX without a name keeps the index's. */
export function constraintName(constraint: Constraint, relation: Relation, catalog: Catalog, version: PostgresVersion): string {
  if (constraint.name !== undefined) return constraint.name;
  if ('included' in constraint) {
    return constraint.usingIndex ?? keyName(constraint.type, distinctParts([...constraint.parts, ...constraint.included]), relation, catalog);
  }
  const parts = [relation.name.name, columnPart(constraint, relation), suffixes[constraint.type]] as const;
  const hidden = constraint.type === 'foreign-key' && version < 18 ? hiddenKeys(constraint.columns, relation, catalog) : 0;
  return freeName(parts, [relation.constraints], (name) => !isConstraint(name, relation, catalog), hidden);
}

/**
 * Behind a foreign key to a partitioned table stand more, one for each partition, which before 18 have the first names that are free.
 * Source: addFkRecurseReferenced() in src/backend/commands/tablecmds.c.
 */
function hiddenKeys(columns: readonly string[], { constraints, partitionOf }: Relation, catalog: Catalog): number {
  const ofPartitions = constraints.flatMap((one) => {
    const isOwn = one.type === 'foreign-key' && (one.local || partitionOf === undefined) && String(one.columns) === String(columns);
    return isOwn && catalog.isPartitioned(one.references) ? [catalog.descendants(one.references).length] : [];
  });
  return ofPartitions.reduce((sum, count) => sum + count, 0);
}

/** `taken`: names of constraints that the relation will have beside its own. */
export function notNullName(column: string, relation: Relation, catalog: Catalog, taken: ReadonlySet<string>): string {
  const isFree = (name: string): boolean => !taken.has(name) && !isConstraint(name, relation, catalog);
  return freeName([relation.name.name, column, suffixes['not-null']], [relation.constraints], isFree);
}

/** Of a CHECK that names one column. */
export function checkName(column: string, relation: Relation, catalog: Catalog): string {
  return freeName([relation.name.name, column, suffixes.check], [relation.constraints], (name) => !isConstraint(name, relation, catalog));
}

/** `own`: the constraints that the domain has. */
export function domainConstraintName(type: DomainConstraint['type'], domain: string, own: NamedList<DomainConstraint>): string {
  return freeName([domain, '', suffixes[type]], [own], () => true);
}

/** `parts`: what its columns are called. */
export function indexName(parts: readonly string[], relation: Relation, catalog: Catalog): string {
  return freeName([relation.name.name, parts.join('_'), 'idx'], [relation.indexes], (name) => !isRelation(name, relation, catalog));
}

/** Of a constraint that has an index. */
export function keyName(
  type: 'unique' | 'primary-key' | 'exclusion',
  parts: readonly string[],
  relation: Relation,
  catalog: Catalog,
): string {
  const isFree = (name: string): boolean => !isRelation(name, relation, catalog) && !isConstraint(name, relation, catalog);
  const columns = type === 'primary-key' ? '' : parts.join('_');
  return freeName([relation.name.name, columns, suffixes[type]], [relation.indexes, relation.constraints], isFree);
}

/** Of the sequence of a serial or identity column. */
export function sequenceName(column: string, relation: Relation, catalog: Catalog): string {
  return freeName([relation.name.name, column, 'seq'], [], (name) => !isRelation(name, relation, catalog));
}

/** No two columns of an index are called the same. Source: ChooseIndexColumnNames() in src/backend/commands/indexcmds.c. */
export function distinctParts(parts: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  for (const part of parts) {
    let count = counts.get(part) ?? 0;
    while (taken.has(numbered(part, count))) count += 1;
    taken.add(numbered(part, count));
    counts.set(part, count + 1);
  }
  return [...taken];
}

function numbered(part: string, count: number): string {
  return count === 0 ? part : truncateName(part, 63 - String(count).length) + String(count);
}

/** A CHECK is named after a column only if it is about one; the whole row is none. */
function columnPart(constraint: Exclude<Constraint, { readonly included: unknown }>, { name, columns: own }: Relation): string {
  if (constraint.type !== 'check') return constraint.columns.join('_');
  const { columns } = constraint.expression;
  const isRow = columns[0] === name.name && !own.has(name.name);
  return columns.length === 1 && !isRow ? columns.join('_') : '';
}

/** `relation` may not be in the catalog yet. */
function isConstraint(name: string, relation: Relation, catalog: Catalog): boolean {
  if (relation.constraints.has(name)) return true;
  const { constraintNames, relations } = catalog.parts;
  for (const table of constraintNames.tablesWith({ schema: relation.name.schema, name })) {
    const found = relations.get(table);
    if (found !== undefined && typeof found !== 'string' && found.constraints.has(name)) return true;
  }
  return false;
}

function isRelation(name: string, relation: Relation, catalog: Catalog): boolean {
  if (relation.name.name === name || relation.indexes.has(name)) return true;
  const key = printName({ schema: relation.name.schema, name });
  const isThere = (found: unknown): boolean => found !== undefined && typeof found !== 'string';
  return isThere(catalog.parts.relations.get(key)) || isThere(catalog.parts.indexes.get(key));
}

/** `own`: what the name must not be in; `isFree`: what else may be called so; `hidden`: how many of the first that are free are not. */
function freeName([table, columns, suffix]: NameParts, own: readonly NextCount[], isFree: (name: string) => boolean, hidden = 0): string {
  const nameOf = (count: number): string => objectName(table, columns, count === 0 ? suffix : `${suffix}${count}`);
  let skipped = 0;
  for (let count = 0; ; ) {
    const next = own.reduce((from, list) => list.nextCount(from, nameOf), count);
    if (next === count && isFree(nameOf(count)) && (skipped += 1) > hidden) return nameOf(count);
    count = Math.max(next, count + Number(next === count));
  }
}

/** Of a table, of its columns, and what kind of a thing it is. */
type NameParts = readonly [table: string, columns: string, suffix: string];

type NextCount = Pick<NamedList<DomainConstraint>, 'nextCount'>;

/** `table_columns_suffix` in 63 bytes: the longer of the first two parts is cut. */
export function objectName(table: string, columns: string, suffix: string): string {
  if ((table.length + columns.length + suffix.length) * 3 < 61) return columns === '' ? `${table}_${suffix}` : `${table}_${columns}_${suffix}`;
  const room = 63 - Buffer.byteLength(suffix) - (columns === '' ? 1 : 2);
  let [first, second] = [Buffer.byteLength(table), Buffer.byteLength(columns)];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [truncateName(table, first), truncateName(columns, second), suffix];
  return parts.filter((part) => part !== '').join('_');
}
