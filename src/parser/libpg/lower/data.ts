// Statements about rows: INSERT, UPDATE, DELETE, MERGE, COPY, and SELECT.

import type { CopyStmt, DeleteStmt, InsertStmt, MergeStmt, Node, SelectStmt, UpdateStmt } from '@pgsql/types';
import { builtinVolatility } from '../../../postgres/functions.ts';
import type { FunctionCall } from '../../../model/expression.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerSelectInto } from './create-table.ts';
import { callsIn, lowerExpression } from './expressions.ts';
import { isNullLiteral } from './folding.ts';
import { relationName } from './names.ts';
import { lowerSetConfig } from './settings.ts';

export function lowerInsert(node: InsertStmt): StatementBody {
  const fills = node.onConflictClause ? assignedColumns(node.onConflictClause.targetList) : [];
  return { kind: 'data', command: 'INSERT', verb: 'insert', target: relationName(node.relation), filtered: true, fills };
}

export function lowerUpdate(node: UpdateStmt): StatementBody {
  const filtered = node.whereClause !== undefined || node.fromClause !== undefined;
  return {
    kind: 'data',
    command: 'UPDATE',
    verb: 'update',
    target: relationName(node.relation),
    filtered,
    fills: assignedColumns(node.targetList),
  };
}

export function lowerDelete(node: DeleteStmt): StatementBody {
  const filtered = node.whereClause !== undefined || node.usingClause !== undefined;
  const fills = node.whereClause ? lowerExpression(node.whereClause).columns : [];
  return { kind: 'data', command: 'DELETE', verb: 'delete', target: relationName(node.relation), filtered, fills };
}

export function lowerMerge(node: MergeStmt): StatementBody {
  const clauses = (node.mergeWhenClauses ?? []).flatMap((clause) =>
    'MergeWhenClause' in clause ? [clause.MergeWhenClause] : [],
  );
  const fills = clauses.flatMap(({ commandType, targetList }) =>
    commandType === 'CMD_UPDATE' ? assignedColumns(targetList) : [],
  );
  return { kind: 'data', command: 'MERGE', verb: 'merge', target: relationName(node.relation), filtered: true, fills };
}

export function lowerCopy(node: CopyStmt, context: Context): StatementBody {
  if (node.query) return { ...lowerCopied(node.query, context), command: 'COPY' };
  if (!node.is_from || node.relation === undefined) return { kind: 'harmless', command: 'COPY' };
  return { kind: 'data', command: 'COPY', verb: 'copy', target: relationName(node.relation), filtered: true, fills: [] };
}

/** COPY (query) TO runs the query. */
function lowerCopied(query: Node, context: Context): StatementBody {
  const [written] = writesOf(query);
  if (written) return written;
  return 'SelectStmt' in query ? lowerSelect(query.SelectStmt, context) : { kind: 'harmless', command: 'COPY' };
}

export function lowerSelect(node: SelectStmt, context: Context): StatementBody {
  if (node.intoClause) return lowerSelectInto(node.intoClause, context);
  const setting = onlyCall(node);
  if (setting) return setting;
  const changed = node.withClause?.ctes?.flatMap(dataModification).at(0);
  if (changed) return changed;
  const calls = callsIn({ SelectStmt: node }).filter(isUnknownFunction);
  if (calls.length > 0) return { kind: 'opaque', command: 'SELECT', reason: 'function-call', calls };
  return lockedRows(node) ?? { kind: 'harmless', command: 'SELECT' };
}

/** `SELECT set_config(…)`. */
function onlyCall(node: SelectStmt): StatementBody | undefined {
  const [target] = node.targetList ?? [];
  const value = node.targetList?.length === 1 && target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value && 'FuncCall' in value ? lowerSetConfig(value.FuncCall) : undefined;
}

/** WITH … AS (UPDATE …) SELECT: what it writes counts, not what it reads. */
function dataModification(node: Node): StatementBody[] {
  const query = 'CommonTableExpr' in node ? node.CommonTableExpr.ctequery : undefined;
  return query === undefined ? [] : writesOf(query);
}

function writesOf(query: Node): StatementBody[] {
  if ('InsertStmt' in query) return [lowerInsert(query.InsertStmt)];
  if ('UpdateStmt' in query) return [lowerUpdate(query.UpdateStmt)];
  if ('MergeStmt' in query) return [lowerMerge(query.MergeStmt)];
  return 'DeleteStmt' in query ? [lowerDelete(query.DeleteStmt)] : [];
}

/** A function that PostgreSQL does not bring may do anything. */
function isUnknownFunction({ name, argumentCount }: FunctionCall): boolean {
  return name.schema !== undefined || builtinVolatility(name.name, argumentCount, 18) === 'unknown';
}

function lockedRows(node: SelectStmt): StatementBody | undefined {
  const [source] = node.fromClause ?? [];
  if (!node.lockingClause || source === undefined || !('RangeVar' in source)) return undefined;
  return {
    kind: 'data',
    command: 'SELECT',
    verb: 'lock-rows',
    target: relationName(source.RangeVar),
    filtered: node.whereClause !== undefined,
    fills: [],
  };
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
