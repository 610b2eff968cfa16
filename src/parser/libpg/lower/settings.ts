// SET, RESET, set_config() and DISCARD: what changes how the statements behind them run.

import type { A_Const, AlterDatabaseSetStmt, AlterRoleSetStmt, DiscardStmt, FuncCall, Node, VariableSetStmt } from '@pgsql/types';
import { searchPathItems } from '../../../model/session.ts';
import type { Assignment, SettingValue } from '../../../model/statement.ts';
import type { Span } from '../../../text/span.ts';
import type { DefaultOwner } from '../../../model/changes/object-changes.ts';
import type { Context, StatementBody } from './context.ts';
import { nameOfList } from './names.ts';

export function lowerSet(node: VariableSetStmt): StatementBody {
  switch (node.kind) {
    case 'VAR_RESET_ALL':
      return { kind: 'reset-settings', command: 'RESET', endsTemporary: false };
    case 'VAR_SET_MULTI':
    case 'VAR_SET_CURRENT':
      return { kind: 'harmless', command: 'SET' };
    default:
      return { kind: 'setting', command: node.kind === 'VAR_RESET' ? 'RESET' : 'SET', assignments: [assignmentOf(node)] };
  }
}

/** Of SET, RESET, and the SET of ALTER ROLE and ALTER DATABASE. */
export function assignmentOf({ kind, name = '', args = [], is_local: isLocal }: VariableSetStmt): Assignment {
  const value: SettingValue = kind === 'VAR_SET_VALUE' ? valueOf(args) : { kind: kind === 'VAR_SET_CURRENT' ? 'unreadable' : 'default' };
  return { name: name.toLowerCase(), value, scope: isLocal && kind !== 'VAR_RESET' ? 'transaction' : 'session' };
}

export function lowerDiscard(node: DiscardStmt): StatementBody {
  const command = (node.target ?? 'DISCARD_ALL').replace('_', ' ');
  if (command === 'DISCARD ALL') return { kind: 'reset-settings', command, endsTemporary: true };
  return { kind: command === 'DISCARD TEMP' ? 'end-temporary' : 'harmless', command };
}

/** `set_config('lock_timeout', '2s', false)`; undefined for every other call. */
export function lowerSetConfig(call: FuncCall): Assignment | undefined {
  const { schema, name } = nameOfList(call.funcname);
  if (name !== 'set_config' || (schema ?? 'pg_catalog') !== 'pg_catalog') return undefined;
  const [setting, value, isLocal] = (call.args ?? []).map(constantOf);
  const text = setting?.sval?.sval?.toLowerCase();
  if (text === undefined) return undefined;
  return { name: text, value: settingText(text, value), scope: isTrue(isLocal) ? 'transaction' : 'session' };
}

/** A string is read as PostgreSQL reads it for a boolean. */
function isTrue(constant: A_Const | undefined): boolean {
  return constant?.boolval?.boolval === true || /^\s*(?:t(?:r(?:ue?)?)?|y(?:es?)?|on|1)\s*$/i.test(constant?.sval?.sval ?? '');
}

function settingText(name: string, value: A_Const | undefined): SettingValue {
  if (value?.isnull) return { kind: 'default' };
  if (value?.sval === undefined) return { kind: 'unreadable' };
  const text = value.sval.sval ?? '';
  return name === 'search_path' ? { kind: 'list', items: searchPathItems(text) } : { kind: 'text', text };
}

function valueOf(args: readonly Node[]): SettingValue {
  const texts = args.map(textOf);
  const [first] = texts;
  return texts.length === 1 && first !== undefined ? { kind: 'text', text: first } : { kind: 'list', items: texts };
}

function textOf(node: Node): string {
  const constant = constantOf(node);
  if (constant?.sval) return constant.sval.sval ?? '';
  if (constant?.ival) return String(constant.ival.ival ?? 0);
  return constant?.fval?.fval ?? '';
}

function constantOf(node: Node | undefined): A_Const | undefined {
  if (node === undefined) return undefined;
  if ('TypeCast' in node) return constantOf(node.TypeCast.arg);
  return 'A_Const' in node ? node.A_Const : undefined;
}

/** Of a role that is named, nobody knows here whether it runs the migrations. */
export function lowerAlterRoleSet({ role, database, setstmt }: AlterRoleSetStmt, { span }: Context): StatementBody {
  const isOwn = role !== undefined && role.roletype !== 'ROLESPEC_CSTRING';
  const owners = database === undefined ? (['everyone', 'role'] as const) : (['database', 'role-in-database'] as const);
  const owner = role === undefined ? owners[0] : isOwn ? owners[1] : undefined;
  return connectionDefault('ALTER ROLE', owner, setstmt, span);
}

export function lowerAlterDatabaseSet({ setstmt }: AlterDatabaseSetStmt, { span }: Context): StatementBody {
  return connectionDefault('ALTER DATABASE', 'database', setstmt, span);
}

function connectionDefault(command: string, owner: DefaultOwner | undefined, node: VariableSetStmt | undefined, span: Span): StatementBody {
  if (owner === undefined || node === undefined) return { kind: 'schema', command, changes: [{ kind: 'catalog-only', span }] };
  const assignment = node.kind === 'VAR_RESET_ALL' ? undefined : assignmentOf(node);
  return { kind: 'schema', command, changes: [{ kind: 'set-connection-default', span, owner, assignment }] };
}
