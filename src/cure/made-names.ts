// What PostgreSQL calls that to which a statement gives no name.

import type { Relation } from '../model/relation.ts';
import type { Act } from '../model/timeline.ts';

/** The index that is there behind the statement alone. */
export function madeIndex(act: Act): string | undefined {
  return madeIn(act, ({ indexes }) => indexes)[0];
}

/** Indexes and constraints of its table that are there behind it alone. */
export function madeNames(act: Act): readonly string[] {
  return [...madeIn(act, ({ indexes }) => indexes), ...madeIn(act, ({ constraints }) => constraints)];
}

function madeIn({ change, before, after }: Act, namedIn: (table: Relation) => Iterable<{ readonly name: string | undefined }>): readonly string[] {
  if (!('table' in change) || change.table === undefined) return [];
  const [old, made] = [before.find(change.table), after.find(change.table)];
  if (typeof made === 'string' || made === old) return [];
  const names = new Set(typeof old === 'string' ? [] : Array.from(namedIn(old), ({ name }) => name));
  return Array.from(namedIn(made)).flatMap(({ name }) => (name === undefined || names.has(name) ? [] : [name]));
}
