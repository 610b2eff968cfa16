// What shows that the rows are ready for what is cured: no NULLs, no duplicates, no orphans, nothing that a CHECK refuses.

import type { Question } from '../../model/plan.ts';
import { columnsReferenced, type ForeignKey } from '../../model/foreign-key.ts';
import type { Act } from '../../model/timeline.ts';
import type { ChangeOf } from '../../model/change.ts';
import { addedConstraints, type Ailment } from '../ailment.ts';
import { quoted } from '../hand.ts';
import { breakersQuestion, duplicatesQuestion, nullsQuestion, orphansQuestion } from './questions.ts';
import { otherTarget, targetOf } from './target.ts';
import { parenthesizedBehind } from './written.ts';

export function readinessOf(ailment: Ailment): readonly Question[] {
  const { act } = ailment;
  if (act === undefined) return [];
  const { change, before } = act;
  if (change.kind === 'set-not-null') return [nullsQuestion(targetOf(change.table, before), [change.column])];
  if (change.kind === 'create-index') return ofIndex(change, act);
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

function orphans(key: ForeignKey, { after }: Act, on: ReturnType<typeof targetOf>): Question {
  const to = otherTarget(key.references, after);
  return orphansQuestion({ key, on, to, referencedColumns: columnsReferenced(key, to.relation) });
}
