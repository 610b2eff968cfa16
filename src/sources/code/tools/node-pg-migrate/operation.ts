// A call of node-pg-migrate's builder, and what several of them share.

import { isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';

/** One text for each message; undefined where the arguments are none that it takes. */
export type Operation = (args: readonly Plain[], shorthands: PlainRecord) => readonly string[] | undefined;

export function recordOf(value: Plain): PlainRecord {
  return isRecord(value) ? value : {};
}

export function dropping(options: Plain): { readonly exists: string; readonly cascade: string } {
  const { ifExists, cascade } = recordOf(options);
  return { exists: ifExists ? ' IF EXISTS' : '', cascade: cascade ? ' CASCADE' : '' };
}

/** On lines of their own, each behind `lead`. */
export function formatted(lines: readonly string[], lead = '  '): string {
  return lines.map((line) => lead + line.replace(/[\r\n]+/g, ' ')).join(',\n');
}
