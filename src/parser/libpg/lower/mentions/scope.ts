// What names mean in a query: which tables its columns may be of, level by level, as PostgreSQL's parser looks for them.

import type { RelationName } from '../../../../model/names.ts';

/** What one FROM offers under one name. */
export interface Item {
  readonly alias: string | undefined;
  /** It may have columns that nobody knows: a function, a query that gives what can't be followed. */
  readonly isOpen: boolean;
  /** Columns that it has for certain. */
  readonly columns: ReadonlySet<string>;
  /** It has all of theirs. */
  readonly tables: readonly RelationName[];
}

export interface Scope {
  readonly items: readonly Item[];
  /** Names of the query's own columns, where ORDER BY and GROUP BY find them. */
  readonly outputs?: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

/** `found`: it is there, or nobody knows. */
export type Meaning = 'found' | { readonly of: readonly RelationName[]; readonly isField: boolean };

export function tableItem(table: RelationName, alias: string | undefined = table.name): Item {
  return { alias, isOpen: false, columns: none, tables: [table] };
}

export function openItem(alias: string | undefined): Item {
  return { alias, isOpen: true, columns: none, tables: [] };
}

const none: ReadonlySet<string> = new Set();

/** Of `column`, or `table.column`. */
export function meaningOf({ table, column }: { readonly table: string | undefined; readonly column: string }, scope: Scope): Meaning {
  return table === undefined ? meaningAlone(column, scope) : meaningBehind(table, column, scope);
}

function meaningAlone(column: string, scope: Scope): Meaning {
  const of: RelationName[] = [];
  for (let here: Scope | undefined = scope; here; here = here.outer) {
    if (here.outputs?.has(column)) return 'found';
    for (const item of here.items) {
      // A name of a table stands for its row.
      if (item.isOpen || item.alias === column || item.columns.has(column)) return 'found';
      of.push(...item.tables);
    }
  }
  return of.length === 0 ? 'found' : { of, isField: false };
}

function meaningBehind(table: string, column: string, scope: Scope): Meaning {
  for (let here: Scope | undefined = scope; here; here = here.outer) {
    const items = here.items.filter(({ alias }) => alias === table);
    if (items.some((item) => item.isOpen || item.columns.has(column))) return 'found';
    const of = items.flatMap(({ tables }) => tables);
    if (items.length > 0) return of.length === 0 ? 'found' : { of, isField: true };
    if (here.items.some(({ isOpen, alias }) => isOpen && alias === undefined)) return 'found';
  }
  return 'found';
}
