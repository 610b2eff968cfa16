// Statements about rows: INSERT, UPDATE, DELETE, MERGE, COPY, and SELECT.

import type {
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
import { builtinVolatility } from '../../../postgres/functions.ts';
import type { FunctionCall } from '../../../model/expression.ts';
import type { RowAction } from '../../../model/row-action.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerSelectInto } from './create-table.ts';
import { callsIn, lowerExpression } from './expressions.ts';
import { isNullLiteral } from './folding.ts';
import { rangeVar, relationName } from './names.ts';
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
  return { kind: 'data', command, actions: [...writesInWith(withClause), own] };
}

function insertOf(node: InsertStmt): RowAction {
  const fills = node.onConflictClause ? assignedColumns(node.onConflictClause.targetList) : [];
  return { verb: 'insert', target: relationName(node.relation), only: false, filtered: true, fills };
}

function updateOf(node: UpdateStmt): RowAction {
  const filtered = node.whereClause !== undefined || node.fromClause !== undefined;
  return { verb: 'update', ...targetOf(node), filtered, fills: assignedColumns(node.targetList) };
}

function deleteOf(node: DeleteStmt): RowAction {
  const filtered = node.whereClause !== undefined || node.usingClause !== undefined;
  const fills = node.whereClause ? lowerExpression(node.whereClause).columns : [];
  return { verb: 'delete', ...targetOf(node), filtered, fills };
}

function mergeOf(node: MergeStmt): RowAction {
  const clauses = (node.mergeWhenClauses ?? []).flatMap((clause) =>
    'MergeWhenClause' in clause ? [clause.MergeWhenClause] : [],
  );
  const fills = clauses.flatMap(({ commandType, targetList }) =>
    commandType === 'CMD_UPDATE' ? assignedColumns(targetList) : [],
  );
  return { verb: 'merge', ...targetOf(node), filtered: true, fills };
}

function targetOf({ relation }: { readonly relation?: RangeVar }): Pick<RowAction, 'target' | 'only'> {
  return { target: relationName(relation), only: relation?.inh !== true };
}

export function lowerCopy(node: CopyStmt, context: Context): StatementBody {
  if (node.query) return { ...lowerCopied(node.query, context), command: 'COPY' };
  if (!node.is_from || node.relation === undefined) return { kind: 'harmless', command: 'COPY' };
  const target = relationName(node.relation);
  return { kind: 'data', command: 'COPY', actions: [{ verb: 'copy', target, only: false, filtered: true, fills: [] }] };
}

/** COPY (query) TO runs the query. */
function lowerCopied(query: Node, context: Context): StatementBody {
  const actions = writesOf(query);
  if (actions.length > 0) return { kind: 'data', command: 'COPY', actions };
  return 'SelectStmt' in query ? lowerSelect(query.SelectStmt, context) : { kind: 'harmless', command: 'COPY' };
}

export function lowerSelect(node: SelectStmt, context: Context): StatementBody {
  if (node.intoClause) return lowerSelectInto(node, context);
  const setting = onlyCall(node);
  if (setting) return setting;
  const written = writesInWith(node.withClause);
  if (written.length > 0) return { kind: 'data', command: 'SELECT', actions: written };
  const calls = callsIn({ SelectStmt: node }).filter(isUnknownFunction);
  if (calls.length > 0) return { kind: 'opaque', command: 'SELECT', reason: 'function-call', calls };
  const actions = lockedRows(node);
  return actions.length > 0 ? { kind: 'data', command: 'SELECT', actions } : { kind: 'harmless', command: 'SELECT' };
}

/** `SELECT set_config(…)`. */
function onlyCall(node: SelectStmt): StatementBody | undefined {
  const [target] = node.targetList ?? [];
  const value = node.targetList?.length === 1 && target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value && 'FuncCall' in value ? lowerSetConfig(value.FuncCall) : undefined;
}

/** WITH … AS (UPDATE …): what it writes counts, not what it reads. PostgreSQL takes it at the top of a statement alone. */
function writesInWith(clause: WithClause | undefined): RowAction[] {
  return (clause?.ctes ?? []).flatMap((node) => {
    const query = 'CommonTableExpr' in node ? node.CommonTableExpr.ctequery : undefined;
    return query === undefined ? [] : writesOf(query);
  });
}

/** What a statement writes, parts of it included; nothing for one that writes no rows. */
export function writesOf(query: Node): RowAction[] {
  if ('InsertStmt' in query) return [...writesInWith(query.InsertStmt.withClause), insertOf(query.InsertStmt)];
  if ('UpdateStmt' in query) return [...writesInWith(query.UpdateStmt.withClause), updateOf(query.UpdateStmt)];
  if ('MergeStmt' in query) return [...writesInWith(query.MergeStmt.withClause), mergeOf(query.MergeStmt)];
  if ('DeleteStmt' in query) return [...writesInWith(query.DeleteStmt.withClause), deleteOf(query.DeleteStmt)];
  return 'SelectStmt' in query ? writesInWith(query.SelectStmt.withClause) : [];
}

/** A function that PostgreSQL does not bring may do anything. */
function isUnknownFunction({ name, argumentCount }: FunctionCall): boolean {
  return name.schema !== undefined || builtinVolatility(name.name, argumentCount, 18) === 'unknown';
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
    filtered: whereClause !== undefined,
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
