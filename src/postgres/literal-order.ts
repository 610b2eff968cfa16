// How two constants stand to each other as values of a column, where that can be told without a server.

import type { ColumnType } from '../model/column-type.ts';
import type { Literal } from '../model/predicate.ts';

/** `different`: not the same, and nothing more is known. `incomparable`: the column is cast before it is compared with one. */
export type Order = 'less' | 'same' | 'greater' | 'different' | 'incomparable';

/** `fact` is what a CHECK compares with, `goal` what a bound holds. */
export function orderOf(fact: Literal, goal: Literal, type: ColumnType | undefined): Order | 'unknown' {
  const name = type === undefined || type.isArray || type.name.schema !== undefined ? undefined : type.name.name;
  const family = families.find(({ types }) => name !== undefined && types.includes(name));
  if (family === undefined || !isOf(goal, family)) return isWritten(fact, goal);
  return isOf(fact, family) ? (family.order(fact.text, goal.text) ?? isWritten(fact, goal)) : 'incomparable';
}

/** Constants that are the same as values of any column have one of these, and others may. */
export function canonOf({ text }: Literal): string {
  return isPlainNumber(text) ? String(Number(text)) : (timeOf(text) ?? text);
}

function isWritten(left: Literal, right: Literal): Order | 'unknown' {
  return left.kind === right.kind && left.text === right.text && left.type === right.type ? 'same' : 'unknown';
}

interface Family {
  readonly types: readonly string[];
  /** Types of constants that are compared with such a column as it is, by operators that don't depend on settings. */
  readonly casts: readonly string[];
  readonly kinds: readonly Literal['kind'][];
  readonly order: (left: string, right: string) => Order | undefined;
}

const integers = ['int2', 'int4', 'int8'];

const families: readonly Family[] = [
  { types: integers, casts: integers, kinds: ['integer', 'text'], order: orderOfIntegers },
  { types: ['numeric'], casts: ['numeric', ...integers], kinds: ['integer', 'decimal', 'text'], order: orderOfNumbers },
  { types: ['date', 'timestamp'], casts: ['date', 'timestamp'], kinds: ['text'], order: orderOfTimes },
  { types: ['timestamptz'], casts: ['timestamptz'], kinds: ['text'], order: orderOfTimes },
  { types: ['text', 'varchar'], casts: ['text', 'varchar'], kinds: ['text'], order: orderOfTexts },
];

function isOf({ kind, type }: Literal, { casts, kinds }: Family): boolean {
  return kinds.includes(kind) && (type === undefined || casts.includes(type));
}

function orderOfIntegers(left: string, right: string): Order | undefined {
  return isInteger(left) && isInteger(right) ? orderOfNumbers(left, right) : undefined;
}

/** A double holds 15 digits for certain. */
function isInteger(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

function orderOfNumbers(left: string, right: string): Order | undefined {
  return isPlainNumber(left) && isPlainNumber(right) ? orderOfValues(Number(left), Number(right)) : undefined;
}

function isPlainNumber(text: string): boolean {
  return /^-?[\d.]{1,15}$/.test(text) && Number.isFinite(Number(text));
}

/** Without a zone: both are of the same one. */
function orderOfTimes(left: string, right: string): Order | undefined {
  const [first, second] = [timeOf(left), timeOf(right)];
  return first !== undefined && second !== undefined ? orderOfValues(first, second) : undefined;
}

function timeOf(text: string): string | undefined {
  const [, date, time = '00:00', seconds = ':00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text) ?? [];
  return date === undefined ? undefined : `${date} ${time}${seconds}`;
}

/** Their order is the collation's. */
function orderOfTexts(left: string, right: string): Order {
  return left === right ? 'same' : 'different';
}

function orderOfValues<T extends number | string>(left: T, right: T): Order {
  return left < right ? 'less' : left > right ? 'greater' : 'same';
}
