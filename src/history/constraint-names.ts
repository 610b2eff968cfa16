// The names that PostgreSQL makes up for constraints, indexes and sequences without one: free in the whole schema.
// Source: ChooseConstraintName() in src/backend/catalog/pg_constraint.c, ChooseRelationName() and makeObjectName() in
// src/backend/commands/indexcmds.c.

import type { DomainConstraint } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { Constraint, ConstraintType } from '../model/constraint.ts';
import { printName, truncateName } from '../model/names.ts';

const suffixes: Readonly<Record<ConstraintType, string>> = {
  check: 'check',
  'foreign-key': 'fkey',
  unique: 'key',
  'primary-key': 'pkey',
  exclusion: 'excl',
  'not-null': 'not_null',
};

/** USING INDEX without a name keeps the index's. */
export function constraintName(constraint: Constraint, relation: Relation, catalog: Catalog): string {
  if (constraint.name !== undefined) return constraint.name;
  if ('included' in constraint) {
    return constraint.usingIndex ?? keyName(constraint.type, [...constraint.columns, ...constraint.included], relation, catalog);
  }
  const isFree = (name: string): boolean => !isConstraint(name, relation, catalog);
  return freeName(relation.name.name, columnPart(constraint), suffixes[constraint.type], isFree);
}

/** `taken`: names of constraints that the relation will have beside its own. */
export function notNullName(column: string, relation: Relation, catalog: Catalog, taken: ReadonlySet<string>): string {
  return freeName(relation.name.name, column, suffixes['not-null'], (name) => !taken.has(name) && !isConstraint(name, relation, catalog));
}

/** `own`: the constraints that the domain has. */
export function domainConstraintName(type: DomainConstraint['type'], domain: string, own: readonly DomainConstraint[]): string {
  return freeName(domain, '', suffixes[type], (name) => !own.some((one) => one.name === name));
}

/** `parts`: what its columns are called. */
export function indexName(parts: readonly string[], relation: Relation, catalog: Catalog): string {
  const isFree = (name: string): boolean => !isRelation(name, relation, catalog);
  return freeName(relation.name.name, parts.join('_'), 'idx', isFree);
}

/** Of a constraint that has an index. */
export function keyName(
  type: 'unique' | 'primary-key' | 'exclusion',
  parts: readonly string[],
  relation: Relation,
  catalog: Catalog,
): string {
  const isFree = (name: string): boolean => !isRelation(name, relation, catalog) && !isConstraint(name, relation, catalog);
  return freeName(relation.name.name, type === 'primary-key' ? '' : parts.join('_'), suffixes[type], isFree);
}

/** Of the sequence of a serial or identity column. */
export function sequenceName(column: string, relation: Relation, catalog: Catalog): string {
  return freeName(relation.name.name, column, 'seq', (name) => !isRelation(name, relation, catalog));
}

/** No two columns of an index are called the same. Source: ChooseIndexColumnNames() in src/backend/commands/indexcmds.c. */
export function distinctParts(parts: readonly string[]): readonly string[] {
  const taken: string[] = [];
  for (const part of parts) {
    let name = part;
    for (let count = 1; taken.includes(name); count += 1) name = truncateName(part, 63 - String(count).length) + String(count);
    taken.push(name);
  }
  return taken;
}

/** A CHECK is named after a column only if it is about one. */
function columnPart(constraint: Exclude<Constraint, { readonly included: unknown }>): string {
  if (constraint.type !== 'check') return constraint.columns.join('_');
  const { columns } = constraint.expression;
  return columns.length === 1 ? columns.join('_') : '';
}

/** `relation` may not be in the catalog yet. */
function isConstraint(name: string, relation: Relation, catalog: Catalog): boolean {
  const has = ({ constraints }: Relation): boolean => constraints.some((one) => one.name === name);
  const { schema } = relation.name;
  return has(relation) || (catalog.parts.constraintNames.has({ schema, name }) && catalog.relationsIn(schema).some(has));
}

function isRelation(name: string, relation: Relation, catalog: Catalog): boolean {
  if (relation.name.name === name || relation.indexes.some((one) => one.name === name)) return true;
  const key = printName({ schema: relation.name.schema, name });
  const isThere = (found: unknown): boolean => found !== undefined && typeof found !== 'string';
  return isThere(catalog.parts.relations.get(key)) || isThere(catalog.parts.indexes.get(key));
}

function freeName(table: string, columns: string, suffix: string, isFree: (name: string) => boolean): string {
  for (let count = 0; ; count += 1) {
    const name = objectName(table, columns, count === 0 ? suffix : `${suffix}${count}`);
    if (isFree(name)) return name;
  }
}

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
