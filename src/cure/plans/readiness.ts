// What shows that the rows are ready for what is cured: no NULLs, no duplicates, no orphans, nothing that a CHECK refuses.

import type { Question } from '../../model/plan.ts';
import { columnsReferenced, type ForeignKey } from '../../model/foreign-key.ts';
import type { Act } from '../../model/timeline.ts';
import type { ChangeOf } from '../../model/change.ts';
import type { RelationName } from '../../model/names.ts';
import type { PartitionBound } from '../../model/partition.ts';
import { boundsOf, outsideOf } from '../../postgres/partition-bounds.ts';
import { addedConstraints, type Ailment } from '../ailment.ts';
import { conditionOf } from '../condition.ts';
import { quoted } from '../hand.ts';
import { large } from './large.ts';
import { breakersQuestion, duplicatesQuestion, nullsQuestion, orphansQuestion, rowsQuestion } from './questions.ts';
import { otherTarget, targetOf } from './target.ts';
import { parenthesizedBehind } from './written.ts';

export function readinessOf(ailment: Ailment): readonly Question[] {
  const { act } = ailment;
  if (act === undefined) return [];
  const { change, before } = act;
  if (change.kind === 'set-not-null') return [nullsQuestion(targetOf(change.table, before), [change.column])];
  if (change.kind === 'create-index') return ofIndex(change, act);
  if (change.kind === 'attach-partition') return ofPartition({ parent: change.table, bound: change.bound, attached: change.partition }, act);
  if (change.kind === 'create-table' && change.partitionOf) return ofPartition({ ...change.partitionOf, attached: undefined }, act);
  return change.kind === 'add-constraint' ? ofConstraint(change, act, ailment) : [];
}

function ofIndex({ table, index }: ChangeOf<'create-index'>, { before }: Act): readonly Question[] {
  if (!index.unique || index.predicate !== undefined || index.expressions.length > 0) return [];
  return [duplicatesQuestion(targetOf(table, before), index.columns, index.nullsNotDistinct)];
}

function ofConstraint({ table, constraint, span }: ChangeOf<'add-constraint'>, act: Act, { timeline: { source } }: Ailment): readonly Question[] {
  const target = targetOf(table, act.before);
  switch (constraint.type) {
    case 'check': {
      const condition = parenthesizedBehind(source, span, 'CHECK');
      const [made] = addedConstraints(act, 'check');
      return condition === undefined ? [] : [breakersQuestion(target, source.slice(condition), made === undefined ? 'the constraint' : quoted(made.name))];
    }
    case 'foreign-key':
      return addedConstraints(act, 'foreign-key').flatMap((key) => (key.type === 'foreign-key' ? [orphans(key, act, target)] : []));
    case 'not-null':
      return [nullsQuestion(target, constraint.columns)];
    case 'unique':
    case 'primary-key': {
      const index = constraint.usingIndex === undefined ? undefined : target.relation?.indexes.get(constraint.usingIndex);
      const columns = index?.columns ?? constraint.columns;
      const nulls = constraint.type === 'primary-key' && columns.length > 0 ? [nullsQuestion(target, columns)] : [];
      return constraint.usingIndex === undefined ? [...nulls, duplicatesQuestion(target, columns, constraint.form.includes('nulls not distinct'))] : nulls;
    }
    case 'exclusion':
      return [];
  }
}

interface NewPartition {
  readonly parent: RelationName;
  readonly bound: PartitionBound;
  /** Undefined: it is made by the statement itself. */
  readonly attached: RelationName | undefined;
}

function ofPartition({ parent: name, bound, attached }: NewPartition, { before }: Act): readonly Question[] {
  const parent = before.find(name);
  if (typeof parent === 'string') return [];
  const [rest] = bound.kind === 'default' ? [] : parent.defaultPartitions.values();
  const partition = attached && targetOf(attached, before);
  const asked = [
    ...(partition ? [{ target: partition, bounds: boundsOf(parent, bound, before), shows: `rows of ${partition.sql} that do not belong into it` }] : []),
    ...(rest ? [{ target: otherTarget(rest, before), bounds: outsideOf(parent, bound), shows: `rows of ${otherTarget(rest, before).sql} that belong into the new partition` }] : []),
  ];
  return asked.flatMap(({ target, bounds, shows }) => {
    if (typeof bounds === 'string') return [];
    const condition = bounds.kind === 'not' ? conditionOf(bounds.part, large) : conditionOf({ kind: 'not', part: bounds }, large);
    return condition === undefined ? [] : [rowsQuestion(shows, target, condition)];
  });
}

function orphans(key: ForeignKey, { after }: Act, on: ReturnType<typeof targetOf>): Question {
  const to = otherTarget(key.references, after);
  return orphansQuestion({ key, on, to, referencedColumns: columnsReferenced(key, to.relation) });
}
