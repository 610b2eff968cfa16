// A foreign key of a partitioned table, in two steps for each partition; the partitioned table takes those over, and reads no rows.

import type { Stage } from '../../model/cure.ts';
import type { QualifiedName } from '../../model/names.ts';
import { addedConstraints, type Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { wordsIn } from '../tokens-of.ts';

/** Whether it says NOT VALID or not. */
export const unsplittableConstraint: Remedy = ({ act, step, timeline: { source } }) => {
  if (act?.change.kind !== 'add-constraint') return undefined;
  const { table, constraint, span } = act.change;
  const parent = act.before.find(table);
  const partitions = act.before.descendants(table);
  if (typeof parent === 'string' || !act.before.isWhollyKnown(parent) || partitions.length === 0) return { why: 'which partitions the table has is not known' };
  if (partitions.some(({ kind }) => kind !== 'table')) return { why: 'its partitions have partitions themselves, or are kept elsewhere' };
  if (step.acts.length > 1) return { why: 'the statement does more than to add the constraint' };
  const name = constraint.name ?? addedConstraints(act, 'foreign-key')[0]?.name;
  const invalid = wordsIn(source, span, 'NOT', 'VALID');
  const written = source.slice({ start: span.start, end: invalid?.start ?? span.end }).trimEnd();
  if (name === undefined) return { why: 'the name that PostgreSQL gives to the constraint is not known' };
  const sql = handOf(source, step.statement.span);
  const definition = constraint.name === undefined ? written.replace(/^add\s+/i, (add) => add + sql`CONSTRAINT ${quoted(name)} `) : written;
  const whole = sql`ALTER TABLE ${quotedName(table)} ${definition}`;
  const target = (partition: QualifiedName): string => quotedName({ schema: table.schema === undefined && partition.schema === 'public' ? undefined : partition.schema, name: partition.name });
  const added = partitions.map((partition) => sql`ALTER TABLE ${target(partition.name)} ${definition} NOT VALID`);
  const validations = partitions.map((partition): Stage => ({ name: `validate_${name}_of_${partition.name.name}`, statements: [sql`ALTER TABLE ${target(partition.name)} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] }));
  return {
    title: 'Add the constraint to each partition NOT VALID, validate it there, and add it to the whole in the end',
    edits: [{ span: step.statement.span, text: '' }],
    behind: [{ name: '', statements: added, place: 'together', undo: [] }, ...validations, { name: `add_${name}`, statements: [whole], place: 'own', undo: [] }],
    about: [{ relation: parent.name, names: [name], commutes: new Set(['add-column', 'comment', 'create-index', 'grant', 'set-default']) }],
  };
};

/** The same without NOT VALID, which PostgreSQL takes. */
export const unexplainedWork: Remedy = (ailment) => {
  const [act] = ailment.step.acts;
  const isKey = act?.change.kind === 'add-constraint' && act.change.constraint.type === 'foreign-key' && act.before.isPartitioned(act.change.table);
  return isKey ? unsplittableConstraint({ ...ailment, act }) : { why: 'no form of it is known that keeps nobody waiting' };
};
