// What is true of the connection that runs a migration at one point: its transaction, its settings, the locks it holds.

import type { Span } from '../text/span.ts';
import type { LockMode } from './lock.ts';
import type { QualifiedName } from './names.ts';
import type { SettingValue } from './statement.ts';

export type Settings = ReadonlyMap<string, SettingValue>;

export interface HeldLock {
  readonly relation: QualifiedName;
  readonly mode: LockMode;
  /** The statement that took it. */
  readonly since: Span;
}

/** `statement`: BEGIN in the text; `runner`: opened by the tool that runs the file. */
export type TransactionOpener = 'statement' | 'runner';

export interface Session {
  /** Undefined: each statement is a transaction of its own. */
  readonly transaction: TransactionOpener | undefined;
  /** SET, as it was when the transaction began: what ROLLBACK brings back. */
  readonly committedSettings: Settings;
  readonly sessionSettings: Settings;
  /** SET LOCAL, until the transaction ends. */
  readonly localSettings: Settings;
  readonly locks: readonly HeldLock[];
  /** What the runner sets before the first statement. */
  readonly defaults: Settings;
}

/** The value in force; undefined where nothing that is known has set it. */
export function settingInForce(session: Session, name: string): SettingValue | undefined {
  const value = session.localSettings.get(name) ?? session.sessionSettings.get(name);
  return value === undefined || value.kind === 'default' ? session.defaults.get(name) : value;
}

/** In milliseconds; `none` where no lock_timeout is in force, `unknown` where only the server can tell. */
export type Timeout = number | 'none' | 'unknown';

/** `lock_timeout`, `statement_timeout` and the others that are counted in milliseconds. */
export function timeoutInForce(session: Session, name: string): Timeout {
  const value = settingInForce(session, name);
  if (value === undefined || value.kind === 'default' || value.kind === 'list') return 'none';
  if (value.kind === 'unreadable') return 'unknown';
  const milliseconds = parseDuration(value.text);
  return milliseconds === undefined || milliseconds === 0 ? 'none' : milliseconds;
}

const unitsInMilliseconds: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of a duration as PostgreSQL reads it for settings counted in them: `2s`, `1.5 s`, `500`, `0x1F4`; undefined where it
 * refuses. Source: parse_int() in src/backend/utils/misc/guc.c.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^\s*([+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))\s*([A-Za-z]*)\s*$/.exec(text);
  if (match === null) return undefined;
  const [, number = '', unit = ''] = match;
  const factor = unit === '' ? 1 : unitsInMilliseconds[unit];
  if (factor === undefined) return undefined;
  const milliseconds = Math.round(Number(number) * factor);
  return milliseconds < 0 || milliseconds > 2_147_483_647 ? undefined : milliseconds;
}

/** A duration in the words of SHOW: in the largest unit that needs no fraction. */
export function printDuration(milliseconds: number): string {
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    const size = unitsInMilliseconds[unit] ?? 1;
    if (milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
