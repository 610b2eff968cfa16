// A constraint of a domain: for new values at once, and for the rows that are there by a CHECK on each table.

import type { ChangeOf } from '../../model/change.ts';
import { truncateName } from '../../model/names.ts';
import type { Plan, PlanStep, Question } from '../../model/plan.ts';
import type { Withheld } from '../../model/cure.ts';
import type { Column, Relation } from '../../model/relation.ts';
import type { Ailment } from '../ailment.ts';
import { quoted, quotedName } from '../hand.ts';
import { eachAlone, inTransaction, writtenAlone, type Planner } from './planner.ts';
import { breakersQuestion } from './questions.ts';
import { otherTarget, type Target } from './target.ts';
import { parenthesizedBehind, wordReplaced } from './written.ts';

export const domainConstraint: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'add-domain-constraint' || act.change.constraint.type !== 'check') return undefined;
  return planOf(ailment, act.change);
};

interface Guarded {
  readonly target: Target;
  readonly condition: string;
  readonly constraint: string;
}

function planOf(ailment: Ailment, { domain, constraint, span }: ChangeOf<'add-domain-constraint'>): Plan | Withheld | undefined {
  const { act, step, timeline: { source } } = ailment;
  const catalog = act?.before ?? step.before;
  const written = parenthesizedBehind(source, span, 'CHECK');
  if (written === undefined) return undefined;
  const suffix = constraint.name ?? 'check';
  const columns = catalog.columnsOfType(domain).filter(({ relation, column }) => relation.kind === 'table' && relation.partitionOf === undefined && !column.type.isArray);
  if (columns.length === 0) return { why: 'history shows no table with a column of the domain' };
  const guarded = columns.map(({ relation, column }): Guarded => ({
    target: otherTarget(relation.name, catalog),
    condition: wordReplaced(source, written, 'VALUE', quoted(column.name)),
    constraint: nameFor(relation, column, suffix),
  }));
  const name = quotedName(domain);
  return {
    title: `Let ${name} check new values, and each table its rows`,
    instead: writtenAlone(ailment),
    decisions: [],
    questions: guarded.map(({ target, condition }): Question => breakersQuestion(target, condition, constraint.name === undefined ? 'the constraint' : quoted(constraint.name))),
    steps: [
      inTransaction('Add it NOT VALID', [`${writtenAlone(ailment)} NOT VALID`], { notes: ['It reads no rows, and holds for what is written from now on.'] }),
      ...guarded.flatMap(guardSteps),
    ],
    differs: [`The constraint of ${name} stays NOT VALID: to validate it keeps writers out of all its tables while they are read. In a maintenance window: ALTER DOMAIN ${name} VALIDATE CONSTRAINT ${constraint.name === undefined ? 'its name' : quoted(constraint.name)}; the CHECKs can go then.`],
  };
}

/** `orders_total_positive` */
function nameFor({ name, constraints }: Relation, column: Column, suffix: string): string {
  const wanted = truncateName(`${name.name}_${column.name}_${suffix}`, 61);
  const count = constraints.nextCount(0, (number) => `${wanted}${number === 0 ? '' : number}`);
  return quoted(`${wanted}${count === 0 ? '' : count}`);
}

function guardSteps({ target: { sql }, condition, constraint }: Guarded): readonly PlanStep[] {
  return [
    inTransaction(`Add the CHECK to ${sql}, for what is written from now on`, [`ALTER TABLE ${sql} ADD CONSTRAINT ${constraint} CHECK (${condition}) NOT VALID`], { undo: [`ALTER TABLE ${sql} DROP CONSTRAINT ${constraint}`] }),
    eachAlone(`Check the rows of ${sql}`, [`ALTER TABLE ${sql} VALIDATE CONSTRAINT ${constraint}`], { notes: ['It reads the whole table, and keeps nobody from reading or writing it.'] }),
  ];
}
