// Settings that a connection brings: SQL that a tool runs first, and options of a connection string.

import type { Settings } from '../../model/session.ts';
import type { SettingValue } from '../../model/statement.ts';

/** Of `SET lock_timeout = '5s'; SET statement_timeout TO 0`. */
export function settingsOfSql(sql: string): Settings {
  return settingsOf(sql.matchAll(/\bSET\s+(?:SESSION\s+)?(\w+)\s*(?:=|TO\b)\s*('[^']*'|[^\s;'"]+)/gi));
}

/** Of `options=-c lock_timeout=5s`, as it stands or escaped in a URL, wherever it stands in a text. */
export function settingsOfOptions(text: string): Settings {
  const options = Array.from(text.matchAll(/\boptions["']?\s*[=:]\s*["']?([^"'&\n\r]+)/g), ([, value = '']) => unescaped(value));
  return settingsOf(options.join(' ').matchAll(/-c\s*(\w+)=(\S+)/g));
}

function settingsOf(matches: Iterable<RegExpMatchArray>): Settings {
  return new Map(Array.from(matches, ([, name = '', value = '']): [string, SettingValue] => [name.toLowerCase(), textOf(value)]));
}

function textOf(value: string): SettingValue {
  return { kind: 'text', text: value.replace(/^'(.*)'$/, '$1') };
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('%%', '%').replaceAll('+', ' '));
  } catch {
    return value;
  }
}
