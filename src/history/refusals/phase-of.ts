// When PostgreSQL comes to a name that a statement says. Source: ProcessUtilitySlow() in src/backend/tcop/utility.c, DefineRelation(),
// AlterTable() and ATPrepCmd() in src/backend/commands/tablecmds.c, transformCreateStmt() in src/backend/parser/parse_utilcmd.c.

import type { Change, ChangeKind } from '../../model/change.ts';
import type { Mentioned } from '../../model/mention.ts';
import { isSameName, type RelationName } from '../../model/names.ts';
import type { Phase } from '../../model/refusal.ts';
import type { Collision } from './collision-of.ts';

/** `change`: the one that says it; undefined where the statement does beside them. */
export function phaseOfMention(mentioned: Mentioned, change: Change | undefined): Phase {
  if (change === undefined) return 'analysis';
  if (mentioned.kind === 'place') return change.kind === 'create-table' ? 'lookup' : 'execution';
  if (mentioned.kind === 'relation' && isSubject(mentioned.name, change)) return 'lookup';
  if (change.kind === 'create-table') return isOfNewTable(mentioned, change) ? 'completion' : 'analysis';
  if (analysed.has(change.kind)) return 'analysis';
  return prepared.has(change.kind) ? 'preparation' : 'execution';
}

/** What it is about. */
function isSubject(name: RelationName, change: Change): boolean {
  return ('table' in change && change.table === name) || ('relation' in change && change.relation === name);
}

/** What its columns are called, and what its foreign keys refer to, is asked when it is there. */
function isOfNewTable(mentioned: Mentioned, { columns, constraints }: Extract<Change, { readonly kind: 'create-table' }>): boolean {
  if (mentioned.kind === 'column') return mentioned.at === 'behind';
  if (mentioned.kind !== 'relation') return false;
  return [...columns.flatMap((column) => column.constraints), ...constraints].some((one) => one.type === 'foreign-key' && isSameName(one.references, mentioned.name));
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
