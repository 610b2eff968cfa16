// What hangs on a column, as far as history shows: all that has to be made anew for another column that takes its place.

import { columnsReferenced, foreignKeysOf, type ForeignKey } from '../../model/foreign-key.ts';
import { isSameName } from '../../model/names.ts';
import type { Question } from '../../model/plan.ts';
import type { Column, Index, Relation, TableConstraint } from '../../model/relation.ts';
import { literal, quoted } from '../hand.ts';
import { asRegclass, otherTarget, type Target } from './target.ts';

export interface ColumnDependents {
  readonly column: Column | undefined;
  readonly keys: readonly KeyConstraint[];
  /** Those that belong to no constraint. */
  readonly indexes: readonly Index[];
  readonly checks: readonly CheckConstraint[];
  /** Its own, and those of other tables that point to it. */
  readonly foreignKeys: readonly PlacedKey[];
  /** The sequence that goes with it; `isPart`: that of its identity. */
  readonly sequence: { readonly name: string; readonly isPart: boolean } | undefined;
}

export type KeyConstraint = Extract<TableConstraint, { readonly type: 'unique' | 'primary-key' | 'exclusion' }>;
type CheckConstraint = Extract<TableConstraint, { readonly type: 'check' }>;

export interface PlacedKey {
  readonly key: ForeignKey;
  readonly on: Target;
  readonly to: Target;
  /** With the columns that REFERENCES means where it names none. */
  readonly referencedColumns: readonly string[];
}

export function dependentsOf(column: string, target: Target): ColumnDependents {
  const { relation } = target;
  const constraints = relation?.constraints.values() ?? [];
  const names = new Set(constraints.map(({ name }) => name));
  const [sequence] = relation === undefined ? [] : target.catalog.sequencesOf(relation.name, column);
  return {
    column: relation?.columns.get(column),
    keys: constraints.flatMap((one) => (isKey(one) && one.columns.includes(column) ? [one] : [])),
    indexes: relation?.indexes.values().filter((index) => !names.has(index.name) && mentions(index, column)) ?? [],
    checks: constraints.flatMap((one) => (one.type === 'check' && one.expression.columns.includes(column) ? [one] : [])),
    foreignKeys: relation === undefined ? [] : [...ownKeys(column, target, relation), ...pointingKeys(column, target, relation)],
    sequence: sequence && { name: sequence.name.name, isPart: sequence.ownedBy?.isPart === true },
  };
}

function isKey(constraint: TableConstraint): constraint is KeyConstraint {
  return constraint.type === 'unique' || constraint.type === 'primary-key' || constraint.type === 'exclusion';
}

function mentions({ columns, included, expressions, predicate }: Index, column: string): boolean {
  return [...columns, ...included, ...expressions.flatMap((one) => one.columns), ...(predicate?.columns ?? [])].includes(column);
}

function ownKeys(column: string, target: Target, relation: Relation): readonly PlacedKey[] {
  return foreignKeysOf(relation).flatMap((key) => {
    const to = isSameName(key.references, relation.name) ? target : otherTarget(key.references, target.catalog);
    return key.columns.includes(column) ? [{ key, on: target, to, referencedColumns: columnsReferenced(key, to.relation) }] : [];
  });
}

/** A key that points from the column to the same table is one of its own already. */
function pointingKeys(column: string, target: Target, relation: Relation): readonly PlacedKey[] {
  const others = relation.referencedBy.values().filter((name) => !isSameName(name, relation.name));
  const tables = [target, ...others.map((name) => otherTarget(name, target.catalog))];
  return tables.flatMap((on) =>
    foreignKeysOf(on.relation).flatMap((key) => {
      const referencedColumns = columnsReferenced(key, relation);
      const isOwn = on === target && key.columns.includes(column);
      return isSameName(key.references, relation.name) && referencedColumns.includes(column) && !isOwn ? [{ key, on, to: target, referencedColumns }] : [];
    }),
  );
}

/** What a server knows of it, views and publications too. */
export function dependentsQuestion(column: string, target: Target): Question {
  const table = asRegclass(target);
  return {
    kind: 'look',
    shows: `what hangs on ${quoted(column)}: what no step names moves by hand`,
    sql:
      `SELECT pg_describe_object(classid, objid, objsubid) AS object, coalesce(\n` +
      `    pg_get_constraintdef(CASE WHEN classid = 'pg_constraint'::regclass THEN objid END),\n` +
      `    pg_get_indexdef(CASE WHEN classid = 'pg_class'::regclass THEN objid END),\n` +
      `    (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef d WHERE classid = 'pg_attrdef'::regclass AND d.oid = objid)) AS definition\n` +
      `  FROM pg_depend WHERE refclassid = 'pg_class'::regclass AND refobjid = ${table}\n` +
      `  AND refobjsubid = (SELECT attnum FROM pg_attribute WHERE attrelid = ${table} AND attname = ${literal(column).trim()})`,
  };
}
