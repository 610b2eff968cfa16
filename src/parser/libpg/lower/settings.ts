// SET, RESET, set_config() and DISCARD: what changes how the statements behind them run.

import type { A_Const, DiscardStmt, FuncCall, Node, VariableSetStmt } from '@pgsql/types';
import type { SettingValue } from '../../../model/statement.ts';
import type { StatementBody } from './context.ts';
import { nameOfList } from './names.ts';

export function lowerSet(node: VariableSetStmt): StatementBody {
  const scope = node.is_local ? 'transaction' : 'session';
  const name = (node.name ?? '').toLowerCase();
  switch (node.kind) {
    case 'VAR_RESET_ALL':
      return { kind: 'reset-settings', command: 'RESET' };
    case 'VAR_SET_MULTI':
      return { kind: 'harmless', command: 'SET' };
    case 'VAR_SET_CURRENT':
      return { kind: 'setting', command: 'SET', name, scope, value: { kind: 'unreadable' } };
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

/** `set_config('lock_timeout', '2s', false)`; undefined for every other call. */
export function lowerSetConfig(call: FuncCall): StatementBody | undefined {
  const { schema, name } = nameOfList(call.funcname);
  if (name !== 'set_config' || (schema ?? 'pg_catalog') !== 'pg_catalog') return undefined;
  const [setting, value, isLocal] = (call.args ?? []).map(constantOf);
  const text = setting?.sval?.sval?.toLowerCase();
  if (text === undefined) return undefined;
  return {
    kind: 'setting',
    command: 'SELECT',
    name: text,
    value: settingText(text, value),
    scope: isLocal?.boolval?.boolval === true ? 'transaction' : 'session',
  };
}

function settingText(name: string, value: A_Const | undefined): SettingValue {
  if (value?.sval === undefined) return { kind: 'unreadable' };
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
