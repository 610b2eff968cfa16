// When PostgreSQL comes to a name that a statement says. Source: ProcessUtilitySlow() in src/backend/tcop/utility.c, DefineRelation(),
// AlterTable() and ATPrepCmd() in src/backend/commands/tablecmds.c, transformCreateStmt() in src/backend/parser/parse_utilcmd.c.

import type { Change, ChangeKind, ChangeOf } from '../../model/change.ts';
import type { ColumnDefinition } from '../../model/column.ts';
import type { Constraint, IndexConstraint } from '../../model/constraint.ts';
import type { Mentioned } from '../../model/mention.ts';
import { isSameName, type RelationName } from '../../model/names.ts';
import type { Pass } from '../../model/pass.ts';
import type { Phase, Refusal } from '../../model/refusal.ts';
import type { Collision } from './collision-of.ts';

export type Turn = Pick<Refusal, 'phase' | 'pass' | 'isLate'>;

/** `change`: the one that says it; undefined where the statement does beside them. */
export function turnOfMention(mentioned: Mentioned, change: Change | undefined): Turn {
  if (change === undefined) return { phase: 'analysis' };
  const isOfQuery = change.kind === 'create-table' && change.query !== undefined;
  if (mentioned.kind === 'place') return { phase: change.kind === 'create-table' && !isOfQuery ? 'lookup' : 'execution' };
  if (mentioned.kind === 'relation' && isSubject(mentioned.name, change)) return { phase: 'lookup' };
  if (isOfQuery) return { phase: 'analysis' };
  if (change.kind === 'create-table') return isReadFirst(mentioned, change) ? { phase: 'analysis' } : { phase: 'completion', pass: passOfNew(mentioned, change) };
  if (analysed.has(change.kind)) return { phase: 'analysis' };
  if (prepared.has(change.kind)) return { phase: 'preparation', isLate: isNewType(mentioned, change) };
  const pass = passOf(mentioned, change);
  return { phase: 'execution', ...(pass ? { pass } : {}) };
}

/** What it is about. */
function isSubject(name: RelationName, change: Change): boolean {
  return ('table' in change && change.table === name) || ('relation' in change && change.relation === name);
}

/** The types of columns, the columns of unique keys, and where columns come from. What expressions and foreign keys name, PostgreSQL looks for when the table is there. */
function isReadFirst(mentioned: Mentioned, { columns, constraints, ...from }: ChangeOf<'create-table'>): boolean {
  switch (mentioned.kind) {
    case 'type':
      return from.ofType === undefined ? columns.some(({ type }) => isSameName(type.name, mentioned.name)) : true;
    case 'column':
      return mentioned.at === 'before' || uniqueKeysOf(constraints).some((key) => key.columns.includes(mentioned.column) || key.included.includes(mentioned.column));
    case 'relation':
      return [...from.inherits, ...from.like.map(({ table }) => table), ...(from.partitionOf ? [from.partitionOf.parent] : [])].some((name) => isSameName(name, mentioned.name));
    default:
      return false;
  }
}

function uniqueKeysOf(constraints: readonly Constraint[]): readonly IndexConstraint[] {
  return constraints.filter((one): one is IndexConstraint => 'included' in one && one.type !== 'exclusion');
}

/** What a new table gets when it is there: defaults, bounds, what it is partitioned by, CHECKs, keys, and foreign keys last. Source: DefineRelation(). */
function passOfNew(mentioned: Mentioned, { columns, constraints, partitionBy }: ChangeOf<'create-table'>): Pass {
  if (columns.some((column) => isOfColumn(mentioned, column))) return 'column';
  if (mentioned.kind === 'column' && partitionBy?.reads.includes(mentioned.column)) return 'reading';
  const checks = [...columns.flatMap((column) => column.constraints), ...constraints].filter((one) => one.type === 'check');
  const isOfKey = mentioned.kind === 'column' ? !checks.some(({ expression }) => expression.columns.includes(mentioned.column)) : mentioned.kind === 'relation';
  return isOfKey ? 'other' : 'not-null';
}

/** Where it is not that of the action: PostgreSQL makes actions of their own of what a new column brings, and of the NOT NULLs of a primary key. */
function passOf(mentioned: Mentioned, change: Change): Pass | undefined {
  if (change.kind === 'add-column') return isOfColumn(mentioned, change.column) ? undefined : 'other';
  if (change.kind !== 'add-constraint') return undefined;
  if (mentioned.kind === 'part') return 'reading';
  return change.constraint.type === 'primary-key' ? 'set-not-null' : undefined;
}

/** Its type, and what its values are computed from. */
function isOfColumn(mentioned: Mentioned, { type, default: initial, generatedBy }: ColumnDefinition): boolean {
  const values = [initial, generatedBy].flatMap((one) => one ?? []);
  if (mentioned.kind === 'type') return [type.name, ...values.flatMap(({ mentions }) => mentions.types)].some((name) => isSameName(name, mentioned.name));
  if (mentioned.kind === 'function') return values.some(({ mentions }) => mentions.functions.some(({ name }) => isSameName(name, mentioned.name)));
  return mentioned.kind === 'column' && values.some(({ columns }) => columns.includes(mentioned.column));
}

/** The type that a column gets, where USING does not name it before. */
function isNewType(mentioned: Mentioned, change: Change): boolean {
  if (mentioned.kind !== 'type' || change.kind !== 'alter-column-type') return false;
  return !change.explicit && change.using?.mentions.types.some((name) => isSameName(name, mentioned.name)) !== true;
}

/** Their queries and expressions are read before anything else. */
const analysed: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['create-view', 'create-materialized-view', 'create-index']);

/** Actions of ALTER TABLE that look for their column while they are prepared. */
const prepared: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['alter-column-type', 'drop-expression']);

/** A column that CREATE TABLE names twice is found before its own name. */
export function phaseOfCollision({ kind }: Change, { error }: Collision): Phase {
  if (kind === 'create-table') return error === '42701' ? 'analysis' : 'execution';
  return makesFirst.has(kind) ? 'lookup' : 'execution';
}

/** They look whether their name is taken before they look for anything else. */
const makesFirst: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['create-domain', 'create-publication']);
