// NOT NULL behind a proof: a CHECK that is added NOT VALID and validated, each in a transaction of its own, and dropped in the end. From
// PostgreSQL 18 on, NOT NULL can be added NOT VALID itself.

import { checkName, notNullName, objectName } from '../history/constraint-names.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Stage } from '../model/cure.ts';
import type { RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { quoted, quotedName, type Hand } from './hand.ts';

/** Where history does not show what names the table has already. */
const unlikely = 'not_null_check';

export interface NotNullChain {
  readonly added: string;
  readonly validation: Stage;
  /** In one transaction, under the proof; nothing where the proof is what was wanted. */
  readonly end: readonly string[];
  /** What takes the end back, and then what was added; nothing where the way down of the migration itself does. */
  readonly undo: { readonly end: readonly string[]; readonly added: readonly string[] };
}

export interface Wanted {
  readonly table: RelationName;
  readonly column: string;
  readonly isOnly: boolean;
}

export function notNullChain({ table: written, column, isOnly }: Wanted, catalog: Catalog, version: PostgresVersion, sql: Hand): NotNullChain {
  const found = catalog.find(written);
  const relation = typeof found === 'string' || !found.complete ? undefined : found;
  const isSplit = version >= 18 && relation !== undefined;
  const table = quotedName(written);
  const target = isOnly ? sql`ONLY ${table}` : table;
  const name = relation === undefined ? objectName(written.name, column, unlikely) : isSplit ? notNullName(column, relation, catalog, new Set()) : checkName(column, relation, catalog);
  const added = isSplit
    ? sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(name)} NOT NULL ${quoted(column)} NOT VALID`
    : sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(name)} CHECK (${quoted(column)} IS NOT NULL) NOT VALID`;
  return {
    added,
    validation: { name: `validate_${name}`, statements: [sql`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] },
    end: isSplit ? [] : [sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} SET NOT NULL`, sql`ALTER TABLE ${target} DROP CONSTRAINT ${quoted(name)}`],
    undo: isSplit
      ? { end: [], added: [] }
      : { end: [added, sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} DROP NOT NULL`], added: [sql`ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${quoted(name)}`] },
  };
}
