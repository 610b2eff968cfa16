// What ALTER COLUMN … TYPE costs: nothing, a rebuild of indexes, a check of constraints, or a rewrite of the table.
// Source: ATPrepAlterColumnType() and ATColumnChangeRequiresRewrite() in src/backend/commands/tablecmds.c.

import type { Relation } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Work } from '../model/effect.ts';
import type { RelationName } from '../model/names.ts';
import { castOf } from '../postgres/types.ts';
import { known, referencedTables, type Facts, type WorkFacts } from './facts.ts';

export interface TypeChangeFacts {
  /** What happens to the table itself. */
  readonly own: WorkFacts;
  /** Tables on the other side of foreign keys of the column. */
  readonly others: readonly RelationName[];
}

export function typeChange(change: ChangeOf<'alter-column-type'>, facts: Facts): TypeChangeFacts {
  const { table, column, type, using } = change;
  const relation = known(table, facts);
  const old = relation?.columns.get(column)?.type;
  const others = relation ? otherSides(relation, column, facts) : [];
  const check: readonly Work[] = others.length > 0 ? ['foreign-key-check'] : [];
  if (old === undefined) return { own: { work: ['rewrite', ...check], certainty: 'assumed' }, others };
  if (isRewrite(baseType(old, facts), baseType(type, facts), using !== undefined && !using.isColumn, facts)) {
    return { own: { work: ['rewrite', ...check] }, others };
  }
  const dependents = relation ? workOfDependents(relation, column, isSameFamily(old, type), change.collate) : [];
  return { own: { work: [...dependents, ...check] }, others };
}

/** Domains over it are looked through where they bring no constraint. */
function baseType(type: ColumnType, facts: Facts): ColumnType {
  const info = facts.catalog.type(type.name);
  return info?.kind === 'domain' && !info.constrained ? baseType(info.base, facts) : type;
}

function isRewrite(from: ColumnType, to: ColumnType, hasUsing: boolean, facts: Facts): boolean {
  if (hasUsing || from.isArray !== to.isArray) return true;
  if (from.name.schema !== undefined || to.name.schema !== undefined) return !isSameType(from, to);
  if (from.name.name === to.name.name) return !isWidening(to.name.name, from.modifiers, to.modifiers);
  const isBinary = castOf(from.name.name, to.name.name, facts.version) === 'binary';
  return !isBinary || (to.modifiers.length > 0 && !from.isArray) || from.isArray;
}

function isSameType(from: ColumnType, to: ColumnType): boolean {
  return from.name.schema === to.name.schema && from.name.name === to.name.name;
}

/** Is every value of the old length or precision one of the new, as the type's support function tells the planner? */
function isWidening(type: string, from: readonly number[], to: readonly number[]): boolean {
  if (to.length === 0 || String(from) === String(to)) return true;
  const [oldSize = Infinity, oldScale = 0] = from;
  const [newSize = Infinity, newScale = 0] = to;
  if (type === 'numeric') return newScale === oldScale && newSize >= oldSize && from.length > 0;
  if (type === 'bpchar' || type === 'bit') return false;
  if (['timestamp', 'timestamptz', 'time', 'timetz', 'interval'].includes(type)) return newSize >= 6 || (from.length > 0 && newSize >= oldSize);
  return newSize >= oldSize;
}

function isSameFamily(from: ColumnType, to: ColumnType): boolean {
  const strings = ['text', 'varchar'];
  return isSameType(from, to) || (strings.includes(from.name.name) && strings.includes(to.name.name));
}

/** Indexes and constraints that name the column are made again where PostgreSQL can't show that they stay as they are. */
function workOfDependents(relation: Relation, column: string, sameFamily: boolean, collate: boolean): Work[] {
  const work: Work[] = [];
  const rebuilt = relation.indexes.some((index) => {
    const isKey = index.columns.includes(column);
    const inExpression = [...index.expressions, index.predicate].some((expression) => expression?.columns.includes(column));
    const isPlainKey = isKey && index.predicate === undefined && relation.kind !== 'partitioned-table';
    return inExpression || (isKey && (!isPlainKey || !sameFamily || collate));
  });
  if (rebuilt) work.push('index-build');
  if (relation.constraints.some((one) => one.type === 'check' && one.valid && one.expression.columns.includes(column))) work.push('scan');
  return work;
}

function otherSides(relation: Relation, column: string, facts: Facts): RelationName[] {
  const own = relation.constraints.filter((constraint) => constraint.type === 'foreign-key' && constraint.columns.includes(column));
  const referencing = relation.referencedBy.filter((name) =>
    known(name, facts)?.constraints.some(
      (constraint) =>
        constraint.type === 'foreign-key' &&
        constraint.references.name === relation.name.name &&
        constraint.references.schema === relation.name.schema &&
        constraint.referencedColumns.includes(column),
    ),
  );
  return [...referencedTables({ ...relation, constraints: own }), ...referencing];
}
