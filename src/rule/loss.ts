// What a change of type does to values that the new type can't hold.
// Measured on PostgreSQL 14 to 18, which agree; fixtures/losses.txt holds the values.

import type { Catalog } from '../model/catalog.ts';
import { sizesOf, storedType, type ColumnType } from '../model/column-type.ts';
import { printType } from './print-type.ts';

/** `refuses`: the statement fails · `rounds`, `cuts`: values change, and nothing tells. */
export type Loss = { readonly kind: 'refuses' | 'rounds' | 'cuts'; readonly what: string };

/**
 * How the new values come about: by the cast that an assignment makes, by one that USING writes out, or by anything else that USING
 * computes.
 */
export type Conversion = 'assigned' | 'cast' | 'computed';

/** Undefined where nothing is lost, as far as is known. */
export function lossOf(from: ColumnType, to: ColumnType, conversion: Conversion, catalog: Catalog): Loss | undefined {
  const [old, next] = [baseOf(from, catalog), baseOf(to, catalog)];
  const isRead = conversion === 'cast' && strings.has(old.name.name) && !old.isArray;
  if (isRead && (next.isArray || catalog.type(next.name)?.kind === 'enum')) return refused(`a value is no valid ${printType(to)}`);
  if (catalog.type(next.name)) return lostValues(old, next, catalog);
  return conversion === 'computed' || catalog.type(old.name) ? undefined : lossBetween(old, next, conversion === 'cast');
}

function lossBetween(from: ColumnType, to: ColumnType, explicit: boolean): Loss | undefined {
  const [old, next] = [from.name.name, to.name.name];
  if (old in digits && next in digits) return lostDigits(from, to);
  if (strings.has(old) && strings.has(next)) return lostLength(from, to, explicit ? cut('values longer than that') : refused('a value is longer than that'));
  const shorter = shortened[next];
  if (strings.has(old) && shorter !== undefined) return cut(shorter);
  if (strings.has(old)) return explicit ? refused(`a value is no valid ${printType(to)}`) : undefined;
  if (bits.has(old) && next === 'bit' && !explicit) return isSameAs(from, to) ? undefined : refused('a value has another length');
  if (bits.has(old) && bits.has(next)) return lostLength(from, to, explicit ? cut('values longer than that') : refused('a value is longer than that'));
  if (old === next && times.has(old)) return lostPrecision(from, to);
  const lost = lostParts[`${old} ${next}`];
  return lost === undefined ? undefined : cut(lost);
}

/** A domain has the values of the type below it. */
function baseOf(type: ColumnType, catalog: Catalog): ColumnType {
  const info = catalog.type(type.name);
  if (info?.kind !== 'domain') return storedType(type);
  const base = baseOf(info.base, catalog);
  return { ...base, isArray: base.isArray || type.isArray };
}

/** Labels that the new enum does not have. */
function lostValues(from: ColumnType, to: ColumnType, catalog: Catalog): Loss | undefined {
  const [old, next] = [catalog.type(from.name), catalog.type(to.name)];
  if (old?.kind !== 'enum' || next?.kind !== 'enum') return undefined;
  const gone = old.values.filter((value) => !next.values.includes(value));
  return gone.length === 0 ? undefined : refused(`a row still holds ${gone.map((value) => `'${value}'`).join(' or ')}`);
}

function isSameAs(from: ColumnType, to: ColumnType): boolean {
  return from.name.name === to.name.name && String(from.modifiers) === String(to.modifiers);
}

interface Digits {
  /** Digits before the point that a value may have. */
  readonly whole: number;
  /** Digits before the point that every number may have: `int` ends in the middle of those with ten. */
  readonly surely: number;
  /** Digits behind the point. */
  readonly fraction: number;
  /** All digits that are kept. */
  readonly kept: number;
}

const digits: Readonly<Record<string, Digits>> = {
  int2: { whole: 5, surely: 4, fraction: 0, kept: 5 },
  int4: { whole: 10, surely: 9, fraction: 0, kept: 10 },
  int8: { whole: 19, surely: 18, fraction: 0, kept: 19 },
  numeric: { whole: Infinity, surely: Infinity, fraction: Infinity, kept: Infinity },
  float4: { whole: 39, surely: 38, fraction: Infinity, kept: 6 },
  float8: { whole: 309, surely: 308, fraction: Infinity, kept: 15 },
};

function lostDigits(from: ColumnType, to: ColumnType): Loss | undefined {
  if (isSameAs(from, to)) return undefined;
  const [old, next] = [digitsOf(from), digitsOf(to)];
  const isFloat = to.name.name.startsWith('float');
  const isTooBig = old.whole > next.surely;
  if (old.fraction > next.fraction || (isFloat && old.kept > next.kept)) {
    const places = isFloat ? `${next.kept} digits` : placesWords(next.fraction);
    return { kind: 'rounds', what: `values to ${places}${isTooBig ? ', and fails if one is out of range' : ''}` };
  }
  return isTooBig ? refused('a value is out of range') : undefined;
}

function placesWords(fraction: number): string {
  return fraction === 0 ? 'whole numbers' : `${fraction} ${fraction === 1 ? 'place' : 'places'} behind the point`;
}

function digitsOf(type: ColumnType): Digits {
  const [precision, scale = 0] = sizesOf(type);
  const all = digits[type.name.name] ?? { whole: 0, surely: 0, fraction: 0, kept: 0 };
  return precision === undefined ? all : { whole: precision - scale, surely: precision - scale, fraction: scale, kept: precision };
}

const strings: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'citext']);

/** What casts from text to types that take every value leave away. */
const shortened: Readonly<Record<string, string>> = { name: 'values longer than 63 bytes', char: 'all but the first byte' };

const bits: ReadonlySet<string> = new Set(['bit', 'varbit']);

/** Without a number, `char` and `bit` have the length 1, which the parser writes out. */
function lostLength(from: ColumnType, to: ColumnType, loss: Loss): Loss | undefined {
  const [[old = Infinity], [next = Infinity]] = [sizesOf(from), sizesOf(to)];
  return next < old ? loss : undefined;
}

const times: ReadonlySet<string> = new Set(['timestamp', 'timestamptz', 'time', 'timetz']);

const finest = 6;

function lostPrecision(from: ColumnType, to: ColumnType): Loss | undefined {
  const [[old = finest], [next = finest]] = [sizesOf(from), sizesOf(to)];
  return next < old ? { kind: 'rounds', what: next === 0 ? 'times to whole seconds' : `seconds to ${placesWords(next)}` } : undefined;
}

const timeOfDay = 'the time of day';
const date = 'the date';

const lostParts: Readonly<Record<string, string>> = {
  'timestamp date': timeOfDay,
  'timestamptz date': timeOfDay,
  'timestamp time': date,
  'timestamptz time': date,
  'timestamptz timetz': date,
  'timetz time': 'the time zone',
  'interval time': 'whole days',
  'inet cidr': 'the bits of the host',
};

function refused(what: string): Loss {
  return { kind: 'refuses', what };
}

function cut(what: string): Loss {
  return { kind: 'cuts', what };
}
