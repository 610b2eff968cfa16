// Which settings PostgreSQL takes; what it refuses changes nothing.

import { parseDuration } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';
import { oldestVersion, type PostgresVersion } from '../model/version.ts';

/** Is it known to this version, with a value that it can read? */
export function isAccepted(name: string, value: SettingValue, version: PostgresVersion): boolean {
  return version >= (durations.get(name) ?? oldestVersion) && isReadable(name, value);
}

/** False for a duration that is none. */
export function isReadable(name: string, value: SettingValue): boolean {
  return !durations.has(name) || value.kind !== 'text' || parseDuration(value.text) !== undefined;
}

/** With the first of our versions that has each. */
const durations: ReadonlyMap<string, PostgresVersion> = new Map([
  ['lock_timeout', oldestVersion],
  ['statement_timeout', oldestVersion],
  ['idle_in_transaction_session_timeout', oldestVersion],
  ['transaction_timeout', 17],
]);
