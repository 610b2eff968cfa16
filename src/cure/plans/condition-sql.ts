// A plain condition as SQL, with other names for its columns.

import type { Literal, Predicate } from '../../model/predicate.ts';
import { literal, quoted } from '../hand.ts';

/** Undefined where a part of it can't be read, or would not be written as it was. */
export function conditionSql(predicate: Predicate, nameOf: (column: string) => string): string | undefined {
  switch (predicate.kind) {
    case 'and':
    case 'or': {
      const parts = predicate.parts.map((part) => conditionSql(part, nameOf));
      return parts.includes(undefined) ? undefined : parts.map((part) => `(${part})`).join(` ${predicate.kind.toUpperCase()} `);
    }
    case 'not': {
      const part = conditionSql(predicate.part, nameOf);
      return part && `NOT (${part})`;
    }
    case 'compare': {
      const value = literalSql(predicate.value);
      return value && `${quoted(nameOf(predicate.column))} ${predicate.operator} ${value}`;
    }
    case 'null-test':
      return `${quoted(nameOf(predicate.column))} IS ${predicate.isNull ? 'NULL' : 'NOT NULL'}`;
    case 'other':
      return undefined;
  }
}

/** Numbers are kept with 15 digits, and casts with the name of the type alone. */
function literalSql({ kind, text, type }: Literal): string | undefined {
  if (type !== undefined) return undefined;
  if (kind === 'text') return literal(text).trim();
  if (kind === 'boolean') return text === 'true' || text === 't' ? 'true' : 'false';
  return /^-?\d{1,15}$/.test(text) ? text : undefined;
}
