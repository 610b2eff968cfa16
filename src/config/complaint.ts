// How mistakes in a configuration are worded.

import { nearest } from '../text/nearest.ts';
import { isMap } from './is-map.ts';

/** `unknown key "migration"; did you mean "migrations"?` */
export function unknownWord(noun: string, word: string, known: readonly string[]): string {
  return `unknown ${noun} ${printValue(word)}${suggestion(word, known)}`;
}

/** `must be one of file, statement, not "files"; did you mean "file"?` */
export function mustBeOneOf(known: readonly (string | number)[], value: unknown): string {
  return mustBe(`one of ${known.join(', ')}`, value) + (typeof value === 'string' ? suggestion(value, known.map(String)) : '');
}

/** `must be a list, not "db"` */
export function mustBe(what: string, value: unknown): string {
  return `must be ${what}, not ${printValue(value)}`;
}

function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined || meant === word ? '' : `; did you mean "${meant}"?`;
}

const LONGEST_VALUE = 60;

function printValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return isMap(value) ? 'a map' : 'something else';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value);
}
