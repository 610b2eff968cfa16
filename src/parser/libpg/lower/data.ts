// Statements about rows: INSERT, UPDATE, DELETE, MERGE, COPY, and SELECT.

import type {
  CommonTableExpr,
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  RangeVar,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from '@pgsql/types';
import { culprit } from '../../../model/culprit.ts';
import { withoutQueries, type RowAction, type Rows } from '../../../model/row-action.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerSelectInto } from './create-table.ts';
import { lowerExpression } from './expressions.ts';
import { isNullLiteral } from './folding.ts';
import { lowerManagement } from './managed-tables.ts';
import { rangeVar, relationName } from './names.ts';
import { lowerPredicate } from './predicate.ts';
import { lowerQuery } from './query.ts';
import { lowerSetConfig } from './settings.ts';

export function lowerInsert(node: InsertStmt): StatementBody {
  return rowsOf('INSERT', node, insertOf(node));
}

export function lowerUpdate(node: UpdateStmt): StatementBody {
  return rowsOf('UPDATE', node, updateOf(node));
}

export function lowerDelete(node: DeleteStmt): StatementBody {
  return rowsOf('DELETE', node, deleteOf(node));
}

export function lowerMerge(node: MergeStmt): StatementBody {
  return rowsOf('MERGE', node, mergeOf(node));
}

/** The actions of WITH run with the statement's own. */
function rowsOf(command: string, { withClause }: { readonly withClause?: WithClause }, own: RowAction): StatementBody {
  const names = queriesIn(withClause).map(({ ctename = '' }) => ctename);
  const actions = [...writesInWith(withClause), own].map((action) => withoutQueries(action, names));
  return { kind: 'data', command, actions };
}

function insertOf(node: InsertStmt): RowAction {
  const fills = node.onConflictClause ? assignedColumns(node.onConflictClause.targetList) : [];
  return { verb: 'insert', target: relationName(node.relation), only: false, rows: rowsInserted(node), fills };
}

/** VALUES and a SELECT without FROM say themselves which rows there will be. */
function rowsInserted({ selectStmt: query, withClause }: InsertStmt): Rows {
  if (query === undefined || !('SelectStmt' in query)) return { kind: 'listed' };
  const { valuesLists, fromClause, larg } = query.SelectStmt;
  const isListed = valuesLists !== undefined || (fromClause === undefined && larg === undefined);
  if (isListed) return { kind: 'listed' };
  const { sources } = lowerQuery({ SelectStmt: { ...query.SelectStmt, ...(withClause ? { withClause } : {}) } }, undefined);
  return { kind: 'given', by: sources.map(({ relation }) => relation) };
}

/** Rows of another table choose among those of the target in ways that are not followed. */
function rowsChosen(condition: Node | undefined, others: readonly Node[] | undefined): Rows {
  if (others !== undefined) return { kind: 'where', condition: { kind: 'other' } };
  return condition === undefined ? { kind: 'all' } : { kind: 'where', condition: lowerPredicate(condition) };
}

function updateOf(node: UpdateStmt): RowAction {
  const rows = rowsChosen(node.whereClause, node.fromClause);
  return { verb: 'update', ...targetOf(node), rows, fills: assignedColumns(node.targetList) };
}

function deleteOf(node: DeleteStmt): RowAction {
  const fills = node.whereClause ? lowerExpression(node.whereClause).columns : [];
  return { verb: 'delete', ...targetOf(node), rows: rowsChosen(node.whereClause, node.usingClause), fills };
}

function mergeOf(node: MergeStmt): RowAction {
  const clauses = (node.mergeWhenClauses ?? []).flatMap((clause) =>
    'MergeWhenClause' in clause ? [clause.MergeWhenClause] : [],
  );
  const fills = clauses.flatMap(({ commandType, targetList }) =>
    commandType === 'CMD_UPDATE' ? assignedColumns(targetList) : [],
  );
  const by = (node.sourceRelation ? tablesIn(node.sourceRelation) : []).map((source) => relationName(source));
  const isIdle = clauses.every(({ commandType }) => commandType === 'CMD_NOTHING');
  return { verb: isIdle ? 'match' : 'merge', ...targetOf(node), rows: { kind: 'given', by }, fills };
}

function targetOf({ relation }: { readonly relation?: RangeVar }): Pick<RowAction, 'target' | 'only'> {
  return { target: relationName(relation), only: relation?.inh !== true };
}

export function lowerCopy(node: CopyStmt, context: Context): StatementBody {
  if (node.is_program) return { kind: 'opaque', command: 'COPY', culprit: culprit({ kind: 'program' }) };
  if (node.query) return { ...lowerCopied(node.query, context), command: 'COPY' };
  if (!node.is_from || node.relation === undefined) return { kind: 'harmless', command: 'COPY' };
  const target = relationName(node.relation);
  return { kind: 'data', command: 'COPY', actions: [{ verb: 'copy', target, only: false, rows: { kind: 'listed' }, fills: [] }] };
}

/** COPY (query) TO runs the query. */
function lowerCopied(query: Node, context: Context): StatementBody {
  const actions = writesOf(query);
  if (actions.length > 0) return { kind: 'data', command: 'COPY', actions };
  return 'SelectStmt' in query ? lowerSelect(query.SelectStmt, context) : { kind: 'harmless', command: 'COPY' };
}

export function lowerSelect(node: SelectStmt, context: Context): StatementBody {
  if (node.intoClause) return lowerSelectInto(node, context);
  const settings = settingsIn(node);
  if (settings) return settings;
  const management = lowerManagement(node, context);
  if (management) return management;
  const written = writesInWith(node.withClause);
  if (written.length > 0) return { kind: 'data', command: 'SELECT', actions: written };
  const actions = lockedRows(node);
  return actions.length > 0 ? { kind: 'data', command: 'SELECT', actions } : { kind: 'harmless', command: 'SELECT' };
}

/** `SELECT set_config(…), set_config(…)`; where a FROM, WHERE or LIMIT decides whether they are called, nobody knows what they set. */
function settingsIn({ targetList = [], fromClause, whereClause, havingClause, limitCount, limitOffset }: SelectStmt): StatementBody | undefined {
  const values = targetList.flatMap((target) => ('ResTarget' in target ? [target.ResTarget.val] : []));
  const assignments = values.flatMap((value) => (value && 'FuncCall' in value ? (lowerSetConfig(value.FuncCall) ?? []) : []));
  if (assignments.length === 0) return undefined;
  const isSure = [fromClause, whereClause, havingClause, limitCount, limitOffset].every((clause) => clause === undefined);
  return {
    kind: 'setting',
    command: 'SELECT',
    assignments: isSure ? assignments : assignments.map((assignment) => ({ ...assignment, value: { kind: 'unreadable', isPerhaps: true } })),
  };
}

/** WITH … AS (UPDATE …): what it writes counts, not what it reads. PostgreSQL takes it at the top of a statement alone. */
function writesInWith(clause: WithClause | undefined): RowAction[] {
  return queriesIn(clause).flatMap(({ ctequery }) => (ctequery === undefined ? [] : writesOf(ctequery)));
}

function queriesIn(clause: WithClause | undefined): CommonTableExpr[] {
  return (clause?.ctes ?? []).flatMap((node) => ('CommonTableExpr' in node ? [node.CommonTableExpr] : []));
}

/** What a statement writes, parts of it included; nothing for one that writes no rows. */
export function writesOf(query: Node): RowAction[] {
  if ('InsertStmt' in query) return [...writesInWith(query.InsertStmt.withClause), insertOf(query.InsertStmt)];
  if ('UpdateStmt' in query) return [...writesInWith(query.UpdateStmt.withClause), updateOf(query.UpdateStmt)];
  if ('MergeStmt' in query) return [...writesInWith(query.MergeStmt.withClause), mergeOf(query.MergeStmt)];
  if ('DeleteStmt' in query) return [...writesInWith(query.DeleteStmt.withClause), deleteOf(query.DeleteStmt)];
  return 'SelectStmt' in query ? writesInWith(query.SelectStmt.withClause) : [];
}

/** FOR UPDATE locks rows of all tables of FROM, or of those that OF names. */
function lockedRows({ fromClause = [], lockingClause = [], whereClause, withClause }: SelectStmt): RowAction[] {
  const locking = lockingClause.flatMap((clause) => ('LockingClause' in clause ? [clause.LockingClause] : []));
  const ctes = (withClause?.ctes ?? []).map((cte) => ('CommonTableExpr' in cte ? cte.CommonTableExpr.ctename : undefined));
  const isLocked = ({ alias, schemaname, relname }: RangeVar): boolean =>
    (schemaname !== undefined || !ctes.includes(relname)) &&
    locking.some(
      ({ lockedRels }) => !lockedRels || lockedRels.flatMap(rangeVar).some((of) => of.relname === (alias?.aliasname ?? relname)),
    );
  const sources = fromClause.flatMap(tablesIn).filter(isLocked);
  return sources.map((source) => ({
    verb: 'lock-rows',
    target: relationName(source),
    only: source.inh !== true,
    rows: rowsChosen(whereClause, fromClause.length > 1 ? fromClause : undefined),
    fills: [],
  }));
}

function tablesIn(source: Node): RangeVar[] {
  if ('JoinExpr' in source) return [source.JoinExpr.larg, source.JoinExpr.rarg].flatMap((side) => (side ? tablesIn(side) : []));
  return rangeVar(source);
}

function assignedColumns(targets: readonly Node[] | undefined): string[] {
  return (targets ?? []).flatMap((target) => {
    if (!('ResTarget' in target) || target.ResTarget.name === undefined || isNullLiteral(assignedValue(target.ResTarget.val)))
      return [];
    return [target.ResTarget.name];
  });
}

/** In SET (a, b) = (1, 2) each column has the whole row and its place in it, counted from 1. */
function assignedValue(value: Node | undefined): Node | undefined {
  if (value === undefined || !('MultiAssignRef' in value)) return value;
  const { source, colno = 1 } = value.MultiAssignRef;
  return source !== undefined && 'RowExpr' in source ? source.RowExpr.args?.[colno - 1] : source;
}
