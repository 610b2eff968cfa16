// The index of a key built concurrently, outside of transactions, and then made the constraint's.

import type { Remedy } from '../ailment.ts';
import { addedConstraints } from '../ailment.ts';
import { handOf, quoted, quotedList, quotedName } from '../hand.ts';
import { actionRemoved } from '../actions.ts';
import { subjectOf } from './concurrently.ts';

export const blockingUniqueConstraint: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'add-constraint') return undefined;
  const { table, constraint, only } = act.change;
  if ((constraint.type !== 'unique' && constraint.type !== 'primary-key') || act.before.isPartitioned(table) || constraint.temporal) return undefined;
  const [made] = addedConstraints(act, constraint.type);
  if (made === undefined) return { why: 'the name that PostgreSQL gives to the key is not known' };
  const sql = handOf(source, step.statement.span);
  const target = only ? sql`ONLY ${quotedName(table)}` : quotedName(table);
  const included = constraint.included.length === 0 ? '' : sql` INCLUDE (${quotedList(constraint.included)})`;
  const nulls = constraint.form.includes('nulls not distinct') ? sql` NULLS NOT DISTINCT` : '';
  const deferral = (constraint.deferrable ? sql` DEFERRABLE` : '') + (constraint.deferred ? sql` INITIALLY DEFERRED` : '');
  const kind = constraint.type === 'unique' ? sql`UNIQUE` : sql`PRIMARY KEY`;
  const built = sql`CREATE UNIQUE INDEX CONCURRENTLY ${quoted(made.name)} ON ${quotedName(table)} (${quotedList(constraint.columns)})${included}${nulls}`;
  const added = sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(made.name)} ${kind} USING INDEX ${quoted(made.name)}${deferral}`;
  const relation = act.before.qualify(table);
  const index = { name: `create_${made.name}`, statements: [built], place: 'outside', undo: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName({ schema: table.schema, name: made.name })}`] } as const;
  const key = { name: `add_${made.name}`, statements: [added], place: 'own', undo: [sql`ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${quoted(made.name)}`] } as const;
  return {
    title: 'Build the index concurrently, and then make it the key',
    edits: actionRemoved(ailment, ''),
    behind: [index, key],
    about: [subjectOf(relation, [made.name])],
  };
};
