// SET NOT NULL behind a proof: a CHECK that is added NOT VALID and validated, each in a transaction of its own, and dropped in the end.
// From PostgreSQL 18 on, NOT NULL can be added NOT VALID itself.

import { checkName, notNullName } from '../../history/constraint-names.ts';
import type { Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { actionRemoved } from '../actions.ts';

export const unprovenNotNull: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'set-not-null') return undefined;
  const { table, column, only } = act.change;
  const relation = act.before.find(table);
  if (typeof relation === 'string') return { why: 'what the table is like is not known' };
  const sql = handOf(source, step.statement.span);
  const target = only ? sql`ONLY ${quotedName(table)}` : quotedName(table);
  const isSplit = step.version >= 18;
  const name = isSplit ? notNullName(column, relation, act.before, new Set()) : checkName(column, relation, act.before);
  const added = isSplit
    ? sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(name)} NOT NULL ${quoted(column)} NOT VALID`
    : sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(name)} CHECK (${quoted(column)} IS NOT NULL) NOT VALID`;
  const validation = { name: `validate_${name}`, statements: [sql`ALTER TABLE ${quotedName(table)} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] } as const;
  const end = {
    name: `require_${relation.name.name}_${column}`,
    statements: [sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} SET NOT NULL`, sql`ALTER TABLE ${target} DROP CONSTRAINT ${quoted(name)}`],
    place: 'own',
    undo: isSplit ? [] : [added, sql`ALTER TABLE ${target} ALTER COLUMN ${quoted(column)} DROP NOT NULL`],
  } as const;
  return {
    title: isSplit ? 'Add NOT NULL NOT VALID, and validate it in a later transaction' : 'Prove NOT NULL by a CHECK that is validated in a later transaction',
    edits: actionRemoved(ailment, added),
    behind: isSplit ? [validation] : [validation, end],
    undo: isSplit ? [] : [sql`ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${quoted(name)}`],
    about: [],
  };
};
