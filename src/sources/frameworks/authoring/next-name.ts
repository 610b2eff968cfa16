// What a migration is called that comes right behind another one: the next number, or the next second, in the project's own style.

import type { Withheld } from '../../../model/cure.ts';

/** `counter`: the first digits count · `version`: all numbers count, so that 6.1 is between 6 and 7. */
export type Numbering = 'counter' | 'version';

/** `0007_validate_orders` behind `0006_add_orders`. `taken`: what else is called so, without folders and endings. */
export function nextName(name: string, slug: string, taken: Iterable<string>, numbering: Numbering = 'counter'): string | Withheld {
  const read = numberIn(name, numbering);
  if (read === undefined) return { why: `"${name}" has no number, so what a migration behind it would be called is not known` };
  const { prefix, number, rest } = read;
  const others = [...taken].flatMap((other) => numberIn(other, numbering) ?? []).flatMap((other) => (other.prefix === prefix || other.prefix.length <= 1 ? other.number : []));
  const next = numbersBehind(number, numbering, others).find((one) => !others.some((other) => compare(other, number) > 0 && compare(other, one) <= 0));
  if (next === undefined) return { why: `no number is free between "${name}" and what comes behind it` };
  const separator = /^(?:__|[-_.])/.exec(rest)?.[0] ?? '_';
  return `${prefix}${next}${separator}${inStyleOf(rest.slice(separator.length), separator, wordsOf(slug))}`;
}

/** A name with the number that comes next behind those of others, in the form of the last of them, and all else of it as it was; undefined where it has none. `taken`: no two may bear one. */
export function renumbered(name: string, behind: readonly string[], taken: Iterable<string>, numbering: Numbering = 'counter'): string | undefined {
  const own = numberIn(name, numbering);
  const last = behind.flatMap((one) => numberIn(one, numbering)?.number ?? []).toSorted(compare).at(-1);
  if (own === undefined || last === undefined) return undefined;
  const others = [...taken].flatMap((one) => numberIn(one, numbering)?.number ?? []);
  let next = numberBehind(last)[0];
  while (next !== undefined && others.some((one) => compare(one, next ?? '') === 0)) next = numberBehind(next)[0];
  return next === undefined ? undefined : `${own.prefix}${next}${own.rest}`;
}

interface ReadName {
  readonly prefix: string;
  readonly number: string;
  readonly rest: string;
}

/** `2026_01_01_000000`, `2026-01-01-000000-0000`: separators are parts of a time; `0006a` goes on with `0006b`. */
const times = /^\d{4}([-_.])\d{2}\1\d{2}(?:[-_.T]\d{2,6}(?:[-_.]\d{2}){0,2}(?:-\d{4})?)?(?![A-Za-z\d])/;
const numbers: Readonly<Record<Numbering, RegExp>> = { counter: /^\d+(?:[a-z](?=[-_.]|$))?/, version: /^\d+(?:[._]\d+)*/ };

function numberIn(name: string, numbering: Numbering): ReadName | undefined {
  const prefix = /^[A-Za-z]{0,10}[-_]?(?=\d)/.exec(name)?.[0];
  if (prefix === undefined) return undefined;
  const behind = name.slice(prefix.length);
  const number = (times.exec(behind) ?? numbers[numbering].exec(behind))?.[0];
  return number === undefined ? undefined : { prefix, number, rest: behind.slice(number.length) };
}

/** The best first. */
function numbersBehind(number: string, numbering: Numbering, others: readonly string[]): readonly string[] {
  const next = numberBehind(number);
  if (numbering === 'counter') return next;
  const separator = [number, ...others].some((one) => one.includes('_')) ? '_' : '.';
  return [...next, `${number}${separator}1`, `${number}${separator}0${separator}1`];
}

/** A time goes on by the least that it counts; of anything else, the last part. */
function numberBehind(number: string): readonly string[] {
  const letter = /[a-z]$/.exec(number)?.[0];
  if (letter !== undefined) return letter === 'z' ? [] : [number.slice(0, -1) + String.fromCharCode(letter.charCodeAt(0) + 1)];
  const digits = number.replace(/\D/g, '');
  const later = timeBehind(digits);
  if (later !== undefined) return [withDigits(number, later)];
  const [, head = '', last = ''] = /^(.*?)(\d+)$/.exec(number) ?? [];
  return [head + String(BigInt(last) + 1n).padStart(last.length, '0')];
}

/** Days, minutes, seconds or milliseconds, by how many digits there are; undefined where they are no time. */
function timeBehind(digits: string): string | undefined {
  const step = steps.get(digits.length);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, thousandth = 0] = (/^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(\d{3})?$/.exec(digits) ?? []).slice(1).map((part) => Number(part ?? 0));
  if (step === undefined || year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined;
  const next = new Date(Date.UTC(year, month - 1, day, hour, minute, second, thousandth) + step);
  return next.toISOString().replace(/\D/g, '').slice(0, digits.length);
}

/** In milliseconds. */
const steps: ReadonlyMap<number, number> = new Map([[8, 86_400_000], [12, 60_000], [14, 1000], [17, 1]]);

/** The same separators in the same places. */
function withDigits(number: string, digits: string): string {
  let index = 0;
  return number.replace(/\d/g, () => digits.charAt(index++));
}

function compare(left: string, right: string): number {
  const [ours = [], theirs = []] = [left, right].map(partsOf);
  for (let index = 0; index < Math.max(ours.length, theirs.length); index += 1) {
    const difference = (ours[index] ?? 0n) - (theirs[index] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

function partsOf(number: string): readonly bigint[] {
  return (number.match(/\d+|[a-z]/g) ?? []).map((part) => (/\d/.test(part) ? BigInt(part) : BigInt(part.charCodeAt(0))));
}

/** As file names are written. */
function wordsOf(slug: string): readonly string[] {
  return slug.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '').slice(0, 60).split('_').filter((word) => word !== '');
}

/** `add-orders`, `AddOrders`, or `add_orders`; a single word says nothing. `separator`: before it. */
function inStyleOf(example: string, separator: string, words: readonly string[]): string {
  if (/^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*$/.test(example)) return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const isKebab = example.includes('-') ? !example.includes('_') : separator === '-' && !example.includes('_');
  return words.join(isKebab ? '-' : '_');
}
