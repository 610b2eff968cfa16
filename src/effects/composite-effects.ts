// What changes of a composite type do to the tables OF it; without CASCADE PostgreSQL refuses them where there is one.

import type { ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import { alterColumnType, dropColumn } from './column-effects.ts';
import { lockTree, type Facts } from './facts.ts';

export function onTypedTables(
  { type, cascade }: ChangeOf<'add-attribute' | 'rename-attribute'>,
  facts: Facts,
): Effect[] {
  return cascade ? facts.catalog.typedTables(type).flatMap(({ name }) => lockTree(name, 'ACCESS EXCLUSIVE', facts)) : [];
}

/** As if each of the tables had lost the column. */
export function dropAttribute({ type, attribute, cascade, span }: ChangeOf<'drop-attribute'>, facts: Facts): Effect[] {
  const tables = cascade ? facts.catalog.typedTables(type) : [];
  return tables.flatMap(({ name }) =>
    dropColumn({ kind: 'drop-column', span, table: name, only: false, column: attribute, ifExists: false, cascade }, facts),
  );
}

/** As if each of the tables had got the type. */
export function alterAttribute(change: ChangeOf<'alter-attribute'>, facts: Facts): Effect[] {
  const { type, attribute, to, collation, cascade, span } = change;
  const tables = cascade ? facts.catalog.typedTables(type) : [];
  return tables.flatMap(({ name }) =>
    alterColumnType(
      { kind: 'alter-column-type', span, table: name, only: false, column: attribute, type: to, using: undefined, explicit: false, casts: [], collation },
      facts,
    ),
  );
}
