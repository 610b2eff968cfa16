// SET, RESET, set_config(), DISCARD, ALTER ROLE and ALTER DATABASE … SET: what changes how the statements behind them run.

import type {
  A_Const,
  AlterDatabaseSetStmt,
  AlterRoleSetStmt,
  DiscardStmt,
  FuncCall,
  Node,
  SelectStmt,
  VariableSetStmt,
} from '@pgsql/types';
import type { SettingOwner } from '../../../model/changes/connection-changes.ts';
import type { SettingValue } from '../../../model/statement.ts';
import type { Context, StatementBody } from './context.ts';
import { nameOfList } from './names.ts';
import { catalogOnly, schema } from './objects.ts';

type SettingBody = Extract<StatementBody, { readonly kind: 'setting' }>;

export function lowerSet(node: VariableSetStmt): StatementBody {
  const scope = node.is_local ? 'transaction' : 'session';
  const name = (node.name ?? '').toLowerCase();
  switch (node.kind) {
    case 'VAR_RESET_ALL':
      return { kind: 'reset-settings', command: 'RESET' };
    case 'VAR_SET_MULTI':
      return { kind: 'harmless', command: 'SET' };
    case 'VAR_SET_CURRENT':
      return { kind: 'setting', command: 'SET', name, scope, value: unreadable };
    case 'VAR_SET_VALUE':
      return { kind: 'setting', command: 'SET', name, scope, value: valueOf(node.args ?? []) };
    case 'VAR_RESET':
      return { kind: 'setting', command: 'RESET', name, scope: 'session', value: { kind: 'default' } };
    default:
      return { kind: 'setting', command: 'SET', name, scope, value: { kind: 'default' } };
  }
}

export function lowerDiscard(node: DiscardStmt): StatementBody {
  const command = (node.target ?? 'DISCARD_ALL').replace('_', ' ');
  return { kind: command === 'DISCARD ALL' ? 'reset-settings' : 'harmless', command };
}

/** A named role may be another than the one that runs the migrations. */
export function lowerAlterRoleSet({ role, database, setstmt }: AlterRoleSetStmt, context: Context): StatementBody {
  if (role === undefined) return lowerOwned('ALTER ROLE', database === undefined ? 'all' : 'database', setstmt, context);
  if (role.roletype === 'ROLESPEC_CSTRING') return catalogOnly('ALTER ROLE')(role, context);
  return lowerOwned('ALTER ROLE', database === undefined ? 'role' : 'role-in-database', setstmt, context);
}

/** Migrations run in one database, so it is the one. */
export function lowerAlterDatabaseSet({ setstmt }: AlterDatabaseSetStmt, context: Context): StatementBody {
  return lowerOwned('ALTER DATABASE', 'database', setstmt, context);
}

function lowerOwned(command: string, owner: SettingOwner, node: VariableSetStmt | undefined, { span }: Context): StatementBody {
  const set = lowerSet(node ?? {});
  return set.kind === 'setting'
    ? schema(command, { kind: 'set-connection-setting', span, owner, name: set.name, value: set.value })
    : schema(command, { kind: 'reset-connection-settings', span, owner });
}

/** What the calls of set_config() in the list of a SELECT set, as far as they say which setting. */
export function settingsOfSelect({ targetList = [], fromClause, whereClause }: SelectStmt): SettingBody[] {
  return targetList.flatMap((target) => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
    const setting = value && 'FuncCall' in value ? settingOfCall(value.FuncCall) : undefined;
    if (setting === undefined) return [];
    return [fromClause || whereClause ? { ...setting, value: unreadable } : setting];
  });
}

const unreadable: SettingValue = { kind: 'unreadable' };

/** `set_config('lock_timeout', '2s', false)`. */
function settingOfCall(call: FuncCall): SettingBody | undefined {
  const { schema, name } = nameOfList(call.funcname);
  if (name !== 'set_config' || (schema ?? 'pg_catalog') !== 'pg_catalog') return undefined;
  const [setting, value, isLocal] = (call.args ?? []).map(constantOf);
  const text = setting?.sval?.sval?.toLowerCase();
  if (text === undefined) return undefined;
  return { kind: 'setting', command: 'SELECT', name: text, value: settingText(text, value), scope: isTrue(isLocal) ? 'transaction' : 'session' };
}

/** A string is read as PostgreSQL reads it for a boolean. */
function isTrue(constant: A_Const | undefined): boolean {
  return constant?.boolval?.boolval === true || /^\s*(?:t(?:r(?:ue?)?)?|y(?:es?)?|on|1)\s*$/i.test(constant?.sval?.sval ?? '');
}

/** NULL means RESET. */
function settingText(name: string, value: A_Const | undefined): SettingValue {
  if (value?.isnull) return { kind: 'default' };
  if (value?.sval === undefined) return unreadable;
  const text = value.sval.sval ?? '';
  return name === 'search_path' ? { kind: 'list', items: searchPathItems(text) } : { kind: 'text', text };
}

/** The schemas of a search path that stands in one string: `public, "$user"`. */
function searchPathItems(text: string): string[] {
  const items = text.match(/"(?:[^"]|"")*"|[^,\s]+/g) ?? [];
  return items.map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item.toLowerCase()));
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
