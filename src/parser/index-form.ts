// What an index is beyond its columns, in one spelling: the same of two indexes on the same columns where one can stand for the other.

import type { Span } from '../text/span.ts';
import { sqlTokens, type Token } from '../text/sql-tokens.ts';

/**
 * Of a CREATE INDEX: expressions, collations, operator classes, NULLS NOT DISTINCT and the condition; empty where it has plain columns
 * alone. The order of keys is none of it. Source: CompareIndexInfo() in src/backend/catalog/index.c.
 */
export function indexForm(text: string, { start, end }: Span): string {
  const words = [...sqlTokens(text, start, end)].filter(({ kind }) => kind !== 'comment').map((token) => spelling(token, text));
  const open = words.indexOf('(');
  const close = closing(words, open);
  const keys = listed(words.slice(open + 1, close)).map(keyForm);
  const behind = words.slice(close + 1);
  const where = behind.indexOf('where');
  const options = where < 0 ? behind : behind.slice(0, where);
  const condition = where < 0 ? '' : behind.slice(where + 1).join(' ');
  const isDistinct = !options.join(' ').includes('nulls not distinct');
  const parts = [keys.some((key) => key !== '') ? keys.join(', ') : '', isDistinct ? '' : 'nulls not distinct', condition === 'true' ? '' : condition];
  return parts.filter((part) => part !== '').join('; ');
}

/** `"code"` is `CODE`. */
function spelling({ kind, start, end }: Token, text: string): string {
  const written = text.slice(start, end);
  if (kind === 'word') return written.toLowerCase();
  const name = kind === 'quoted-name' ? /^"([a-z_][a-z0-9_]*)"$/.exec(written)?.[1] : undefined;
  return name ?? written;
}

/** Of the parenthesis that is opened at `open`. */
function closing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at >= 0 && at < words.length; at += 1) {
    depth += Number(words[at] === '(') - Number(words[at] === ')');
    if (depth === 0) return at;
  }
  return words.length;
}

/** What stands between the commas of a list, but for those in parentheses. */
function listed(words: readonly string[]): readonly (readonly string[])[] {
  const items: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    depth += Number(word === '(' || word === '[') - Number(word === ')' || word === ']');
    if (depth === 0 && word === ',') items.push([]);
    else items.at(-1)?.push(word);
  }
  return items;
}

const orders: readonly RegExp[] = [/ nulls (?:first|last)$/, / (?:asc|desc)$/];

/** Empty for a column, which may stand in parentheses. */
function keyForm(words: readonly string[]): string {
  const form = orders.reduce((rest, order) => rest.replace(order, ''), words.join(' '));
  const [first, second, third, ...more] = form.split(' ');
  const isColumn = second === undefined || (first === '(' && third === ')' && more.length === 0 && second !== ')');
  return isColumn ? '' : form;
}
