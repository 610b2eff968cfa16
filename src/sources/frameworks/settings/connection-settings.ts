// Settings that a connection brings: SQL that a tool runs first, and what connection strings say.

import type { Settings } from '../../../model/session.ts';
import type { SettingValue } from '../../../model/statement.ts';
import type { Directory } from '../../disk/directory.ts';

type Setting = readonly [string, SettingValue];

/** Of `SET lock_timeout = '5s'; SET statement_timeout TO 0` and `set_config('lock_timeout', '5s', false)`, in any text; the last one holds. */
export function settingsOfSql(text: string): Settings {
  const lines = withoutComments(text);
  const called = found(lines, /\bset_config\s*\(\s*'(\w+)'\s*,\s*('[^']*')/gi);
  return new Map([...called, ...found(lines, /\bSET\s+(?:SESSION\s+)?(\w+)\s*(?:=|TO\b)\s*('[^']*'|[^\s;'"`]+)/gi)]);
}

/** Of `options=-c lock_timeout=5s`, as it stands or escaped in a URL, and of `options[lock_timeout]=5s`, wherever it stands in a text. */
export function settingsOfOptions(text: string): Settings {
  const lines = withoutComments(text);
  const options = Array.from(lines.matchAll(/\boptions["']?\s*[=:]\s*["']?([^"'&\n\r]+)/g), ([, value = '']) => unescaped(value));
  const single = found(lines, /\boptions\[(\w+)\]=([^&\s"'`]+)/g);
  return agreed([...found(options.join(' '), /(?:-c\s*|(?<!-)--)(\w[\w-]*)=([^\s`)]+)/g), ...single]);
}

/** `whole`: the driver hands a value to the server as it is. `number`: it reads the number at its start. */
type ParameterForm = 'whole' | 'number';

/** The same, and of `?lock_timeout=5s`, which drivers that are not libpq take. */
export function settingsOfParameters(text: string, form: ParameterForm): Settings {
  const lines = withoutComments(text).split('\n').filter((line) => /\bpostgres(?:ql)?:\/\/|\bpgx5?:\/\/|\b(?:dbname|host)=/.test(line));
  const parameters = found(lines.join('\n'), /[?&\s"'`](\w+_timeout|search_path)=([^&\s"'`]+)/g);
  const taken = form === 'whole' ? parameters : parameters.filter(([, value]) => value.kind === 'text' && /^\d+$/.test(value.text));
  return agreed([...settingsOfOptions(text), ...taken.filter(([name]) => name !== 'connect_timeout')]);
}

/** What people keep connection strings in beside the tool's own files, and those files. */
export function connectionTexts(root: Directory, ...names: readonly string[]): string {
  return ['.env', '.env.example', '.env.sample', '.env.template', ...names].map((name) => root.nearest(name)).join('\n');
}

/** What starts like a comment in one of the languages of configurations. */
function withoutComments(text: string): string {
  return text.split(/\r?\n/).filter((line) => !/^\s*(?:#|\/\/|\/?\*|;|--\s)/.test(line)).join('\n');
}

function found(text: string, pattern: RegExp): Setting[] {
  return Array.from(text.matchAll(pattern), ([, name = '', value = '']) => settingOf(name.toLowerCase().replaceAll('-', '_'), value));
}

/** A list for the search path; unreadable where a program or the environment fills it in. */
export function settingOf(name: string, written: string): Setting {
  const text = unescaped(written).replace(/^(['"])(.*)\1$/, '$2');
  if (/[{}$%<>]/.test(text) && name !== 'search_path') return [name, { kind: 'unreadable' }];
  return [name, name === 'search_path' ? { kind: 'list', items: schemasIn(text) } : { kind: 'text', text }];
}

function schemasIn(text: string): string[] {
  return text.split(',').map((item) => item.trim().replace(/^"(.*)"$/, '$1'));
}

/** Where two say different things, nobody knows which of them is used. */
export function agreed(settings: readonly Setting[]): Settings {
  const all = new Map<string, SettingValue>();
  for (const [name, value] of settings) {
    const other = all.get(name);
    all.set(name, other && JSON.stringify(other) !== JSON.stringify(value) ? { kind: 'unreadable' } : value);
  }
  return all;
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('%%', '%').replaceAll('+', ' '));
  } catch {
    return value;
  }
}
