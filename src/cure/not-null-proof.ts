// NOT NULL behind a proof: a CHECK that is added NOT VALID and validated, each in a transaction of its own, and dropped in the end. From
// PostgreSQL 18 on, NOT NULL can be added NOT VALID itself.

import { checkName, notNullName, objectName } from '../history/constraint-names.ts';
import type { Catalog } from '../model/catalog.ts';
import type { RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { quoted, quotedName, type Hand } from './hand.ts';

export interface NotNullProof {
  readonly constraint: string;
  /** `ADD CONSTRAINT … NOT VALID`, as an action of ALTER TABLE. */
  readonly action: string;
  /** The same as a statement. */
  readonly added: string;
  readonly validated: string;
  /** In one transaction, under the proof; nothing where the proof is what was wanted. */
  readonly demanded: readonly string[];
  /** What the NOT NULL is called then; undefined where it has no name, or none that is known. */
  readonly name: string | undefined;
  /** What takes back what is demanded, and then what was added; nothing where the way down of the migration itself does. */
  readonly undo: { readonly demanded: readonly string[]; readonly added: readonly string[] };
}

export interface Wanted {
  readonly table: RelationName;
  readonly column: string;
  readonly isOnly: boolean;
}

/** Where history does not show what names the table has already. */
const unlikely = 'not_null_check';

/** NOT NULL itself only where no other one can be there by another name, which PostgreSQL 18 would refuse. */
export function notNullProof({ table: written, column, isOnly }: Wanted, catalog: Catalog, version: PostgresVersion, sql: Hand): NotNullProof {
  const found = catalog.find(written);
  const relation = typeof found === 'string' || !found.complete ? undefined : found;
  const isSplit = version >= 18 && relation !== undefined;
  const own = version >= 18 && typeof found !== 'string' ? notNullName(column, found, catalog, new Set()) : undefined;
  const constraint = relation === undefined ? objectName(written.name, column, unlikely) : isSplit && own !== undefined ? own : checkName(column, relation, catalog);
  const table = quotedName(written);
  const target = isOnly ? sql`ONLY ${table}` : table;
  const action = isSplit ? sql`ADD CONSTRAINT ${quoted(constraint)} NOT NULL ${quoted(column)} NOT VALID` : sql`ADD CONSTRAINT ${quoted(constraint)} CHECK (${quoted(column)} IS NOT NULL) NOT VALID`;
  const added = sql`ALTER TABLE ${target} ${action}`;
  return {
    constraint,
    action,
    added,
    validated: sql`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoted(constraint)}`,
    demanded: isSplit ? [] : [sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} SET NOT NULL`, sql`ALTER TABLE ${target} DROP CONSTRAINT ${quoted(constraint)}`],
    name: own,
    undo: isSplit
      ? { demanded: [], added: [] }
      : { demanded: [added, sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} DROP NOT NULL`], added: [sql`ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${quoted(constraint)}`] },
  };
}
