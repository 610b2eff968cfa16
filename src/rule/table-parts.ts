// Constraints and indexes of a table in the same words: what they are over, and what they are good for.

import type { Index, Relation, TableConstraint } from '../model/relation.ts';

export interface TablePart {
  readonly name: string;
  /** `a CHECK`, `a unique index`. */
  readonly words: string;
  /** `key`: no two rows are the same in its columns · `index`: queries are served by it. */
  readonly use: 'key' | 'index' | 'check' | 'reference' | 'exclusion';
  /** The columns that it is over; of an index, those of its key that are plain columns come first. */
  readonly columns: readonly string[];
}

/** NOT NULL is left out, and so are the indexes that a constraint has made for itself. */
export function partsOf({ constraints, indexes }: Relation): TablePart[] {
  const named = constraints.filter(({ type }) => type !== 'not-null');
  const own = indexes.filter(({ name }) => !constraints.some((constraint) => constraint.name === name));
  return [...named.map(partOfConstraint), ...own.map(partOfIndex)];
}

function partOfConstraint(constraint: TableConstraint): TablePart {
  const columns = constraint.type === 'check' ? constraint.expression.columns : constraint.columns;
  return { name: constraint.name, columns, ...constraintWords[constraint.type] };
}

const constraintWords: Readonly<Record<TableConstraint['type'], Pick<TablePart, 'words' | 'use'>>> = {
  check: { words: 'a CHECK', use: 'check' },
  'foreign-key': { words: 'a foreign key', use: 'reference' },
  'not-null': { words: 'a NOT NULL constraint', use: 'check' },
  unique: { words: 'a UNIQUE constraint', use: 'key' },
  'primary-key': { words: 'the primary key', use: 'key' },
  exclusion: { words: 'an exclusion constraint', use: 'exclusion' },
};

function partOfIndex({ name, unique, columns, expressions, predicate, included }: Index): TablePart {
  const others = [...expressions.flatMap((one) => one.columns), ...(predicate?.columns ?? []), ...included];
  const words = unique ? 'a unique index' : 'an index';
  return { name, words, use: unique ? 'key' : 'index', columns: [...new Set([...columns, ...others])] };
}
