// NOT VALID where the constraint is added, and VALIDATE in a later transaction. What stands in a column definition becomes a constraint of
// the table, in the same ALTER TABLE.

import type { Edit, Stage } from '../../model/cure.ts';
import type { Change } from '../../model/change.ts';
import type { Act } from '../../model/timeline.ts';
import type { TableConstraint } from '../../model/relation.ts';
import { addedConstraints, type Ailment, type Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { inlineConstraintsIn } from '../inline-constraints.ts';

export const unsplitConstraint: Remedy = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind === 'add-constraint') return splitHere(ailment, act, act.change);
  if (act?.change.kind === 'add-column') return splitColumn(ailment, act, act.change);
  if (act?.change.kind !== 'validate-constraint') return undefined;
  return { title: 'Validate it in a transaction of its own', edits: [], moves: { place: 'own', name: `validate_${act.change.constraint}`, undo: [] }, about: [{ relation: act.before.qualify(act.change.table), names: [act.change.constraint], commutes: new Set() }] };
};

type ChangeOf<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

const title = 'Add the constraint NOT VALID, and validate it in a later transaction';
const unnamed = { why: 'the name that PostgreSQL gives to the constraint is not known' };

function splitHere(ailment: Ailment, act: Act, { constraint, span }: ChangeOf<'add-constraint'>): ReturnType<Remedy> {
  const [made] = addedConstraints(act, constraint.type);
  if (made === undefined) return unnamed;
  const sql = handOf(ailment.timeline.source, ailment.step.statement.span);
  return { title, edits: [{ span: { start: span.end, end: span.end }, text: sql` NOT VALID` }], behind: validationsOf([made], ailment, act), about: [] };
}

function splitColumn(ailment: Ailment, act: Act, { column, span }: ChangeOf<'add-column'>): ReturnType<Remedy> {
  const { timeline: { source }, step } = ailment;
  const sql = handOf(source, step.statement.span);
  const written = inlineConstraintsIn(source, span);
  const made = [...addedConstraints(act, 'check'), ...addedConstraints(act, 'foreign-key')];
  if (made.length === 0 || made.length !== written.length) return unnamed;
  const added = written.map(({ kind, body }, index) => {
    const name = made.filter((one) => (one.type === 'check') === (kind === 'check'))[written.slice(0, index).filter((one) => one.kind === kind).length]?.name ?? '';
    const reference = kind === 'references' ? sql`FOREIGN KEY (${quoted(column.name)}) ` : '';
    return sql`, ADD CONSTRAINT ${quoted(name)} ${reference}${source.slice(body)} NOT VALID`;
  });
  const removed = written.map(({ start, end }): Edit => ({ span: { start: spaceBefore(start, source.text), end }, text: '' }));
  return { title, edits: [...removed, { span: { start: span.end, end: span.end }, text: added.join('') }], behind: validationsOf(made, ailment, act), about: [] };
}

function spaceBefore(offset: number, text: string): number {
  let start = offset;
  while (/\s/.test(text[start - 1] ?? '')) start -= 1;
  return start;
}

/** Each in a transaction of its own: one reads rows at a time. */
function validationsOf(made: readonly TableConstraint[], { timeline: { source }, step }: Ailment, { change }: Act): readonly Stage[] {
  const sql = handOf(source, step.statement.span);
  const table = 'table' in change && change.table !== undefined ? quotedName(change.table) : '';
  return made.map(({ name }) => ({ name: `validate_${name}`, statements: [sql`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] }));
}
