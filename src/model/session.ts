// What is true of the connection that runs a migration at one point: its transaction, its settings, the locks it holds.

import type { HeldLocks } from './held-locks.ts';
import type { OrderedMap } from './ordered-map.ts';
import type { SettingValue } from './statement.ts';

/** By name. */
export type Settings = Iterable<readonly [string, SettingValue]> & Pick<ReadonlyMap<string, SettingValue>, 'get' | 'has' | 'size'>;

/** As statements set them, one after the other. */
export type SetSettings = OrderedMap<SettingValue>;

export interface Transaction {
  /** `statement`: BEGIN in the text; `runner`: the tool that runs the file; `batch`: PostgreSQL, for statements sent together. */
  readonly openedBy: 'statement' | 'runner' | 'batch';
  /** The ordinal of the statement that opened it, or of the first one in it. */
  readonly since: number;
  readonly leaving?: Leaving | undefined;
}

/** How a statement gets out of the transaction that a tool opens. */
export interface Leaving {
  /** Where it goes: `goose: a file of its own that says …`. */
  readonly words: string;
  /** The file ends the transaction itself. */
  readonly isByCommit: boolean;
}

export interface Session {
  /** Undefined: each statement is a transaction of its own. */
  readonly transaction: Transaction | undefined;
  /** SET: lasts until the connection ends; ROLLBACK undoes it. */
  readonly sessionSettings: SetSettings;
  /** SET LOCAL, until the transaction ends. */
  readonly localSettings: SetSettings;
  readonly locks: HeldLocks;
  /** What the runner sets before the first statement. */
  readonly defaults: Settings;
}

/** The value in force; undefined where nothing that is known has set it. */
export function settingInForce(session: Session, name: string): SettingValue | undefined {
  const value = session.localSettings.get(name) ?? session.sessionSettings.get(name);
  return value === undefined || value.kind === 'default' ? session.defaults.get(name) : value;
}

/** Undefined where only the server knows it. */
export function timeZoneOf(session: Session): string | undefined {
  const value = settingInForce(session, 'timezone');
  return value?.kind === 'text' && !/^(?:default|local)$/i.test(value.text) ? value.text : undefined;
}

export const timeoutNames: readonly string[] = [
  'lock_timeout',
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'transaction_timeout',
];

/** A setting that limits how long something may take; its value is a duration. */
export function isTimeoutName(name: string): boolean {
  return timeoutNames.includes(name);
}

/** The schemas of a search path that stands in one string: `public, "$user"`. */
export function searchPathItems(text: string): string[] {
  const items = text.match(/"(?:[^"]|"")*"|[^,\s]+/g) ?? [];
  return items.map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item.toLowerCase()));
}

/**
 * In milliseconds; `none` where no lock_timeout is in force, `unknown` where only the server can tell, `perhaps` where what sets it may
 * not have run.
 */
export type Timeout = number | 'none' | 'unknown' | 'perhaps';

/** `lock_timeout`, `statement_timeout` and the others that are counted in milliseconds. */
export function timeoutInForce(session: Session, name: string): Timeout {
  const value = settingInForce(session, name);
  if (value === undefined || value.kind === 'default' || value.kind === 'list') return 'none';
  if (value.kind === 'unreadable') return value.isPerhaps && !session.defaults.has(name) ? 'perhaps' : 'unknown';
  const milliseconds = parseDuration(value.text);
  return milliseconds === undefined || milliseconds === 0 ? 'none' : milliseconds;
}

const unitsInMilliseconds: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Milliseconds of a duration as PostgreSQL reads it for settings counted in them: `2s`, `1.5 s`, `500`, `0x1F4`; undefined where it
 * refuses. Source: parse_int() in src/backend/utils/misc/guc.c.
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const match = /^\s*([+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))\s*([A-Za-z]*)\s*$/.exec(text);
  if (match === null) return undefined;
  const [, number = '', unit = ''] = match;
  const factor = unit === '' ? 1 : unitsInMilliseconds[unit];
  if (factor === undefined) return undefined;
  const milliseconds = roundHalfEven(roundToNextUnit(integerOf(number) * factor, unit));
  return milliseconds < 0 || milliseconds > 2_147_483_647 ? undefined : milliseconds;
}

/** Of a duration that anybody means. */
const LONGEST = 100;

/** A leading zero means octal, as for strtol(). */
function integerOf(number: string): number {
  return /^[+-]?0[0-7]+$/.test(number) ? Number.parseInt(number, 8) : Number(number);
}

/** A fraction is first rounded to the next smaller unit: `1.5s` is 1500ms, `0.001h` is nothing. */
function roundToNextUnit(milliseconds: number, unit: string): number {
  const smaller = nextSmallerUnit[unit];
  return smaller === undefined ? milliseconds : roundHalfEven(milliseconds / smaller) * smaller;
}

const nextSmallerUnit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 1000, h: 60_000, d: 3_600_000 };

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** A duration in the words of SHOW: in the largest unit that needs no fraction. */
export function printDuration(milliseconds: number): string {
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    const size = unitsInMilliseconds[unit] ?? 1;
    if (milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
