// UNIQUE or PRIMARY KEY of a partitioned table: built for each partition while it is in use, and then put together.

import { truncateName } from '../../model/names.ts';
import type { PlanStep } from '../../model/plan.ts';
import type { Relation } from '../../model/relation.ts';
import { addedConstraints } from '../ailment.ts';
import { quoted, quotedList } from '../hand.ts';
import { eachAlone, inTransaction, outside, writtenAlone, type Planner } from './planner.ts';
import { duplicatesQuestion, nullsQuestion } from './questions.ts';
import { proofFor } from './required.ts';
import { beside, otherTarget, targetOf, type Target } from './target.ts';

export const partitionedKey: Planner = (ailment) => {
  const { act, step } = ailment;
  if (act?.change.kind !== 'add-constraint' || !act.before.isPartitioned(act.change.table)) return undefined;
  const { table, constraint } = act.change;
  if (constraint.type !== 'unique' && constraint.type !== 'primary-key') return undefined;
  const target = targetOf(table, act.before);
  const [made] = addedConstraints(act, constraint.type);
  const partitions = act.before.descendants(table);
  if (made === undefined) return { why: 'the name that PostgreSQL gives to the key is not known' };
  if (target.relation === undefined || !act.before.isWhollyKnown(target.relation)) return { why: `history does not show all partitions of ${target.sql}` };
  if (constraint.temporal || partitions.some(({ kind }) => kind !== 'table')) return { why: `a partition of ${target.sql} has partitions itself, or is elsewhere` };
  const isPrimary = constraint.type === 'primary-key';
  const kind = isPrimary ? 'PRIMARY KEY' : 'UNIQUE';
  const included = constraint.included.length === 0 ? '' : ` INCLUDE (${quotedList(constraint.included)})`;
  const nulls = constraint.form.includes('nulls not distinct') ? ' NULLS NOT DISTINCT' : '';
  const parts = partitions.map((relation) => partOf(relation, target, isPrimary ? [] : constraint.columns));
  const open = isPrimary ? constraint.columns.filter((column) => target.relation?.columns.get(column)?.nullable !== false) : [];
  const proofs = open.map((column) => proofFor(column, target, step.version));
  const { sql } = target;
  return {
    title: `Build the key for each partition of ${sql}, and put it together then`,
    instead: writtenAlone(ailment),
    decisions: [],
    questions: [...(open.length === 0 ? [] : [nullsQuestion(target, open)]), duplicatesQuestion(target, constraint.columns, nulls !== '' || isPrimary)],
    steps: [
      ...proofs.flatMap((proof): readonly PlanStep[] => [
        inTransaction('Let nobody write NULL any more', [proof.added]),
        eachAlone('Check the rows that are there', [proof.validated]),
        ...(proof.demanded.length === 0 ? [] : [inTransaction('Demand NOT NULL, which is proven by now', proof.demanded)]),
      ]),
      outside('Build the index of each partition', parts.map(({ part, index }) => `CREATE UNIQUE INDEX CONCURRENTLY ${quoted(index)} ON ${part.sql} (${quotedList(constraint.columns)})${included}${nulls}`), {
        notes: ['A build that fails, or is cancelled, leaves an INVALID index behind: drop it, and build it once more. Give these statements no lock_timeout and no statement_timeout.', 'No partition may be made or attached until the last step is done.'],
        undo: parts.map(({ part, index }) => `DROP INDEX CONCURRENTLY IF EXISTS ${beside(part, index)}`),
      }),
      ...parts.map(({ part, index }) => inTransaction(`Make it the key of ${part.sql}`, [`ALTER TABLE ${part.sql} ADD CONSTRAINT ${quoted(index)} ${kind} USING INDEX ${quoted(index)}`])),
      inTransaction(
        'Put the key together',
        [`ALTER TABLE ONLY ${sql} ADD CONSTRAINT ${quoted(made.name)} ${kind} (${quotedList(constraint.columns)})${included}${nulls}`, ...parts.map(({ part, index }) => `ALTER INDEX ${beside(target, made.name)} ATTACH PARTITION ${beside(part, index)}`)],
        { notes: ['It reads no rows, and builds nothing.'] },
      ),
    ],
    differs: [],
  };
};

interface Part {
  readonly part: Target;
  /** As PostgreSQL would call it. */
  readonly index: string;
}

function partOf({ name }: Relation, { catalog }: Target, columns: readonly string[]): Part {
  const suffix = columns.length === 0 ? '_pkey' : `_${columns.join('_')}_key`;
  return { part: otherTarget(name, catalog), index: truncateName(name.name, 63 - suffix.length) + suffix };
}
