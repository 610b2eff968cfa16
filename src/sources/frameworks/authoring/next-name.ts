// What a migration is called that comes right behind another one: the next number, or the next second, in the project's own style.

import type { WithoutName } from './authoring.ts';

/** `0007_validate_orders` behind `0006_add_orders`. `taken`: what else is called so, without folders and endings. */
export function nextName(name: string, slug: string, taken: Iterable<string>): string | WithoutName {
  const [, prefix = '', number, separator = '_'] = /^([A-Za-z]?)(\d[\d._]*?)(__?|-|\.(?=\D)|(?=$))/.exec(name) ?? [];
  if (number === undefined) return { why: `"${name}" has no number, so what comes behind it is not known` };
  const numbers = [...taken].flatMap((other) => numberOf(other, prefix) ?? []);
  const next = numberBehind(number);
  const later = numbers.find((other) => compare(other, number) > 0 && compare(other, next) <= 0);
  return later === undefined ? `${prefix}${next}${separator === '' ? '_' : separator}${wordsOf(slug)}` : { why: `no number is free between "${name}" and what comes behind it` };
}

function numberOf(name: string, prefix: string): string | undefined {
  return new RegExp(`^${prefix}(\\d[\\d._]*?)(?:_|-|\\.\\D|$)`, 'i').exec(name)?.[1];
}

/** A time goes on by a second, or by what its last digits count; of a version, the last part. */
function numberBehind(number: string): string {
  const [, head = '', last = ''] = /^(.*?)(\d+)$/.exec(number) ?? [];
  const time = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(last);
  if (time) return head + afterASecond(time.slice(1).map(Number));
  return head + String(BigInt(last) + 1n).padStart(last.length, '0');
}

function afterASecond([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): string {
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1)).toISOString().replace(/\D/g, '').slice(0, 14);
}

function compare(left: string, right: string): number {
  const [ours, theirs] = [left, right].map((one) => one.split(/[._]/).map(BigInt));
  for (let index = 0; index < Math.max(ours?.length ?? 0, theirs?.length ?? 0); index += 1) {
    const difference = (ours?.[index] ?? 0n) - (theirs?.[index] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

/** As file names are written. */
function wordsOf(slug: string): string {
  return slug.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '').slice(0, 60);
}
