// The names that PostgreSQL makes up for constraints and indexes without one.
// Source: ChooseConstraintName() in src/backend/catalog/pg_constraint.c and makeObjectName() in src/backend/commands/indexcmds.c.

import type { Index, Relation } from '../model/catalog.ts';
import type { Constraint, ConstraintType } from '../model/constraint.ts';
import { truncateName } from '../model/names.ts';

const suffixes: Readonly<Record<ConstraintType, string>> = {
  check: 'check',
  'foreign-key': 'fkey',
  unique: 'key',
  'primary-key': 'pkey',
  exclusion: 'excl',
  'not-null': 'not_null',
};

export function constraintName(constraint: Constraint, relation: Relation): string {
  if (constraint.name !== undefined) return constraint.name;
  return freeName(relation, relation.name.name, columnPart(constraint), suffixes[constraint.type]);
}

/** An expression is called after its outermost function. In which order columns and expressions stand is not known. */
export function indexName(
  { columns, included, expressions }: Pick<Index, 'columns' | 'included' | 'expressions'>,
  relation: Relation,
): string {
  const parts = [...columns, ...expressions.map(({ calls }) => calls[0]?.name.name ?? 'expr'), ...included];
  return freeName(relation, relation.name.name, parts.join('_'), 'idx');
}

/** Of a constraint that is copied with its index. */
export function keyName(
  type: 'unique' | 'primary-key' | 'exclusion',
  { columns, included }: Pick<Index, 'columns' | 'included'>,
  relation: Relation,
): string {
  const parts = type === 'primary-key' ? [] : [...columns, ...included];
  return freeName(relation, relation.name.name, parts.join('_'), suffixes[type]);
}

/** A CHECK is named after a column only if it is about one. */
function columnPart(constraint: Constraint): string {
  if (constraint.type === 'primary-key') return '';
  const included = 'included' in constraint ? constraint.included : [];
  if (constraint.type !== 'check') return [...constraint.columns, ...included].join('_');
  const { columns } = constraint.expression;
  return columns.length === 1 ? columns.join('_') : '';
}

function freeName(relation: Relation, table: string, columns: string, suffix: string): string {
  const taken = new Set([...relation.constraints, ...relation.indexes].map(({ name }) => name));
  for (let count = 0; ; count += 1) {
    const name = objectName(table, columns, count === 0 ? suffix : `${suffix}${count}`);
    if (!taken.has(name)) return name;
  }
}

/** `table_columns_suffix` in 63 bytes: the longer of the first two parts is cut. */
export function objectName(table: string, columns: string, suffix: string): string {
  const room = 63 - Buffer.byteLength(suffix) - (columns === '' ? 1 : 2);
  let [first, second] = [Buffer.byteLength(table), Buffer.byteLength(columns)];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [truncateName(table, first), truncateName(columns, second), suffix];
  return parts.filter((part) => part !== '').join('_');
}
