// A condition in SQL, from the words in which the proof of a partition's bounds is told.

import type { Literal, Predicate } from '../model/predicate.ts';
import { literal, quoted, type Hand } from './hand.ts';

/** Undefined where a part of it can't be told exactly. */
export function conditionOf(predicate: Predicate, sql: Hand): string | undefined {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return joinedParts(predicate, sql);
    case 'not': {
      const part = conditionOf(predicate.part, sql);
      return part === undefined ? undefined : sql`NOT (${part})`;
    }
    case 'compare': {
      const value = valueOf(predicate.value);
      return value === undefined ? undefined : `${quoted(predicate.column)} ${predicate.operator} ${value}`;
    }
    case 'null-test':
      return predicate.column === '' ? undefined : predicate.isNull ? sql`${quoted(predicate.column)} IS NULL` : sql`${quoted(predicate.column)} IS NOT NULL`;
    case 'other':
      return undefined;
  }
}

function joinedParts({ kind, parts }: Extract<Predicate, { readonly kind: 'and' | 'or' }>, sql: Hand): string | undefined {
  const list = kind === 'or' ? listOf(parts) : undefined;
  if (list !== undefined) return sql`${quoted(list.column)} IN (${list.values.join(', ')})`;
  const written = parts.map((part) => {
    const text = conditionOf(part, sql);
    return text !== undefined && (part.kind === 'and' || (part.kind === 'or' && listOf(part.parts) === undefined)) ? `(${text})` : text;
  });
  return written.some((text) => text === undefined) ? undefined : written.join(kind === 'and' ? sql` AND ` : sql` OR `);
}

/** `a = 1 OR a = 2` is `a IN (1, 2)`. */
function listOf(parts: readonly Predicate[]): { readonly column: string; readonly values: readonly string[] } | undefined {
  const [first] = parts;
  if (first?.kind !== 'compare' || parts.length < 2) return undefined;
  const values = parts.flatMap((part) => (part.kind === 'compare' && part.operator === '=' && part.column === first.column ? (valueOf(part.value) ?? []) : []));
  return values.length === parts.length ? { column: first.column, values } : undefined;
}

/** Numbers have 15 digits here at most. */
function valueOf({ kind, text, type }: Literal): string | undefined {
  if (kind !== 'text' && text.replace(/\D/g, '').length > 15) return undefined;
  const value = kind === 'text' ? literal(text).trim() : text;
  return type === undefined ? value : `${value}::${type}`;
}
