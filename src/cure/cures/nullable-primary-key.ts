// A CHECK for each column that may hold NULL, validated before the index becomes the primary key, and dropped behind it.

import { checkName } from '../../history/constraint-names.ts';
import type { Stage } from '../../model/cure.ts';
import type { Remedy } from '../ailment.ts';
import { actionRemoved } from '../actions.ts';
import { handOf, quoted, quotedName } from '../hand.ts';

export const nullablePrimaryKey: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'add-constraint' || !('usingIndex' in act.change.constraint)) return undefined;
  const { table, constraint, span } = act.change;
  const relation = act.before.find(table);
  if (typeof relation === 'string') return { why: 'what the table is like is not known' };
  const index = relation.indexes.get(constraint.usingIndex ?? '');
  const open = index?.columns.filter((column) => relation.columns.get(column)?.nullable !== false) ?? [];
  if (open.length === 0) return { why: 'the columns of the index are not known' };
  const sql = handOf(source, step.statement.span);
  const { before } = act;
  const named = open.map((column) => ({ column, name: checkName(column, relation, before) }));
  const added = named.map(({ column, name }) => sql`ADD CONSTRAINT ${quoted(name)} CHECK (${quoted(column)} IS NOT NULL) NOT VALID`).join(', ');
  const validations = named.map(({ name }): Stage => ({ name: `validate_${name}`, statements: [sql`ALTER TABLE ${quotedName(table)} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] }));
  const key: Stage = {
    name: `add_${constraint.name ?? constraint.usingIndex ?? 'primary_key'}`,
    statements: [sql`ALTER TABLE ${quotedName(table)} ${source.slice(span)}`, sql`ALTER TABLE ${quotedName(table)} ${named.map(({ name }) => sql`DROP CONSTRAINT ${quoted(name)}`).join(', ')}`],
    place: 'own',
    undo: [],
  };
  return { title: 'Prove the columns first, by CHECKs that are validated in a later transaction', edits: actionRemoved(ailment, sql`ALTER TABLE ${quotedName(table)} ${added}`), behind: [...validations, key], about: [] };
};
