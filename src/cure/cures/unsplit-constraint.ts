// NOT VALID where the constraint is added, and VALIDATE in a later transaction.

import type { Stage } from '../../model/cure.ts';
import { addedConstraints, type Ailment, type Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';

export const unsplitConstraint: Remedy = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind === 'add-constraint') return splitHere(ailment, act.change, act);
  return undefined;
};

type AddConstraint = Extract<NonNullable<Ailment['act']>['change'], { readonly kind: 'add-constraint' }>;

function splitHere({ timeline: { source }, step }: Ailment, { table, constraint, span }: AddConstraint, act: NonNullable<Ailment['act']>): ReturnType<Remedy> {
  const [made] = addedConstraints(act, constraint.type);
  if (made === undefined) return { why: 'the name that PostgreSQL gives to the constraint is not known' };
  const sql = handOf(source, step.statement.span);
  const validation: Stage = {
    name: `validate_${made.name}`,
    statements: [sql`ALTER TABLE ${quotedName(table)} VALIDATE CONSTRAINT ${quoted(made.name)}`],
    place: 'own',
    undo: [],
  };
  return {
    title: 'Add the constraint NOT VALID, and validate it in a later transaction',
    edits: [{ span: { start: span.end, end: span.end }, text: sql` NOT VALID` }],
    behind: [validation],
    about: [],
  };
}
