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
  if (mentioned.kind === 'place') return { phase: change.kind === 'create-table' ? 'lookup' : 'execution' };
  if (mentioned.kind === 'relation' && isSubject(mentioned.name, change)) return { phase: 'lookup' };
  if (change.kind === 'create-table') return { phase: phaseInNewTable(mentioned, change) };
  if (analysed.has(change.kind)) return { phase: 'analysis' };
  if (prepared.has(change.kind)) return { phase: 'preparation', isLate: isNewType(mentioned, change) };
  const pass = passOf(mentioned, change);
  return { phase: 'execution', ...(pass ? { pass } : {}) };
}

/** What it is about. */
function isSubject(name: RelationName, change: Change): boolean {
  return ('table' in change && change.table === name) || ('relation' in change && change.relation === name);
}

function phaseInNewTable(mentioned: Mentioned, change: ChangeOf<'create-table'>): Phase {
  if (isReadFirst(mentioned, change)) return 'analysis';
  const isOfKey = mentioned.kind === 'column' && change.partitionBy?.reads.includes(mentioned.column) === true;
  return isOfKey ? 'execution' : 'completion';
}

/** The types of columns, the columns of unique keys, and where columns come from. What expressions and foreign keys name, PostgreSQL looks for when the table is there, and what it is partitioned by when it is made. */
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
