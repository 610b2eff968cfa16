// The names of constraints and indexes that are in the database, which Django asks it for before it drops them.

import type { PersistentMap } from '../../../../../model/persistent-map.ts';
import { Unread } from '../unread.ts';
import { bareName } from './names.ts';

export interface Constraint {
  readonly name: string;
  /** `index`: one that is no constraint · `sequence`: what counts the column up. */
  readonly kind: 'primary' | 'unique' | 'foreign' | 'check' | 'index' | 'sequence';
  readonly columns: readonly string[];
  /** An index of its own that lets each value stand once. */
  readonly isUniqueIndex?: boolean;
  /** Without a method or a WITH that Django's own indexes don't have. */
  readonly isPlain?: boolean;
  /** The table that a foreign key points to. */
  readonly to?: string;
  /** SQL that somebody has written speaks of it: it may be gone, or have another name. */
  readonly isInDoubt?: boolean;
}

/** What Django finds where it asks the database. Throws where that is in doubt. */
export function found(catalog: Catalog, table: string, isMeant: (one: Constraint) => boolean): readonly Constraint[] {
  const known = catalog.get(bareName(table));
  if (known === undefined) throw new Unread(`Django asks the database what is on "${bareName(table)}", which no operation before it has made`);
  const all = known.filter(isMeant);
  const doubt = all.find(({ isInDoubt }) => isInDoubt);
  if (doubt) throw new Unread(`Django asks the database for "${doubt.name}", which SQL before it speaks of`);
  return all;
}

/** By table. */
export type Catalog = PersistentMap<readonly Constraint[]>;

/** There is nothing on it yet. */
export function withTable(catalog: Catalog, table: string): Catalog {
  return catalog.with(bareName(table), []);
}

export function withConstraint(catalog: Catalog, table: string, constraint: Constraint): Catalog {
  return onTable(catalog, table, (all) => [...all, constraint]);
}

export function withoutConstraint(catalog: Catalog, table: string, name: string): Catalog {
  return onTable(catalog, table, (all) => all.filter((one) => one.name !== name));
}

export function withDoubt(catalog: Catalog, text: string): Catalog {
  if (!/\b(?:alter|drop|do|execute|call|select\s+\w+\()/i.test(text)) return catalog;
  const isMeant = ({ name, isInDoubt }: Constraint): boolean => !isInDoubt && text.includes(name);
  return changed(catalog, (all) => (all.some(isMeant) ? all.map((one) => (isMeant(one) ? { ...one, isInDoubt: true } : one)) : all));
}

/** Indexes have a schema, not a table. */
export function withoutIndex(catalog: Catalog, name: string): Catalog {
  return changed(catalog, (all) => (all.some((one) => one.name === name) ? all.filter((one) => one.name !== name) : all));
}

export function withIndexRenamed(catalog: Catalog, from: string, to: string): Catalog {
  return changed(catalog, (all) => (all.some(({ name }) => name === from) ? all.map((one) => (one.name === from ? { ...one, name: to } : one)) : all));
}

/** CASCADE takes the foreign keys that point to it along. */
export function withoutTable(catalog: Catalog, table: string): Catalog {
  const bare = bareName(table);
  return changed(catalog.without(bare), (all) => (all.some(({ to }) => to === bare) ? all.filter(({ to }) => to !== bare) : all));
}

export function withTableRenamed(catalog: Catalog, from: string, to: string): Catalog {
  const [old, next] = [bareName(from), bareName(to)];
  const known = catalog.get(old);
  const moved = known === undefined ? catalog : catalog.without(old).with(next, known);
  return changed(moved, (all) => (all.some((one) => one.to === old) ? all.map((one) => (one.to === old ? { ...one, to: next } : one)) : all));
}

/** What stands on a column goes with it. */
export function withoutColumn(catalog: Catalog, table: string, column: string): Catalog {
  return onTable(catalog, table, (all) => all.filter(({ columns }) => !columns.includes(column)));
}

export function withColumnRenamed(catalog: Catalog, table: string, from: string, to: string): Catalog {
  return onTable(catalog, table, (all) => all.map((one) => ({ ...one, columns: one.columns.map((column) => (column === from ? to : column)) })));
}

function changed(catalog: Catalog, change: (all: readonly Constraint[]) => readonly Constraint[]): Catalog {
  return catalog.entries().reduce((next, [table, all]) => {
    const other = change(all);
    return other === all ? next : next.with(table, other);
  }, catalog);
}

/** Of a table that is not known, nothing is. */
function onTable(catalog: Catalog, table: string, change: (all: readonly Constraint[]) => readonly Constraint[]): Catalog {
  const all = catalog.get(bareName(table));
  return all === undefined ? catalog : catalog.with(bareName(table), change(all));
}
