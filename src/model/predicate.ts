// What a condition says of single columns, as far as it is plain: the words in which the proof of a partition's bounds is told.

/** A constant as it is written. Numbers are in JavaScript's form, which has 15 digits. */
export interface Literal {
  readonly kind: 'integer' | 'decimal' | 'text' | 'boolean';
  readonly text: string;
  /** Of a cast: `date '2026-01-01'`, `5::bigint`. */
  readonly type: string | undefined;
}

export type Comparison = '<' | '<=' | '=' | '>=' | '>' | '<>';

export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Predicate[] }
  | { readonly kind: 'not'; readonly part: Predicate }
  | { readonly kind: 'compare'; readonly column: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: 'null-test'; readonly column: string; readonly isNull: boolean }
  /** Anything else. */
  | { readonly kind: 'other' };

const operators: readonly Comparison[] = ['<', '<=', '=', '>=', '>', '<>'];

export function comparisonOf(operator: string): Comparison | undefined {
  return operators.find((one) => one === operator);
}

const mirrored: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '=': '=', '>=': '<=', '>': '<', '<>': '<>' };

/** `5 < a` is `a > 5`. */
export function mirror(operator: Comparison): Comparison {
  return mirrored[operator];
}

/** With the parts of parts of the same kind: `a AND (b AND c)` is `a AND b AND c`. */
export function joined(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind, parts: flat };
}

/** PostgreSQL takes a list of more than these for one thing, and looks at none of its values. Source: MAX_SAOP_ARRAY_SIZE in predtest.c. */
const longestList = 100;

/** The comparisons of `a IN (…)`, `a = ANY (…)` or a bound by list. */
export function joinedList(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  return parts.length > longestList ? { kind: 'other' } : joined(kind, parts);
}

/** Every column that it speaks of, as often as it does; `other` speaks of what it likes. */
export function columnsIn(predicate: Predicate): readonly string[] {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return predicate.parts.flatMap(columnsIn);
    case 'not':
      return columnsIn(predicate.part);
    case 'compare':
    case 'null-test':
      return [predicate.column];
    case 'other':
      return [];
  }
}

/** Is nothing in it that can't be read? */
export function isPlain(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return predicate.parts.every(isPlain);
    case 'not':
      return isPlain(predicate.part);
    case 'compare':
    case 'null-test':
      return true;
    case 'other':
      return false;
  }
}

export function renameColumns(predicate: Predicate, rename: (column: string) => string): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { ...predicate, parts: predicate.parts.map((part) => renameColumns(part, rename)) };
    case 'not':
      return { ...predicate, part: renameColumns(predicate.part, rename) };
    case 'compare':
    case 'null-test':
      return { ...predicate, column: rename(predicate.column) };
    case 'other':
      return predicate;
  }
}
