// Another name for a value of an enum: a new value, to which the rows move when the code knows both.

import { isSameName } from '../../model/names.ts';
import type { PlanStep } from '../../model/plan.ts';
import { literal, quoted, quotedName } from '../hand.ts';
import { batches } from './batches.ts';
import { deployed, outside, writtenAlone, type Planner } from './planner.ts';
import { rowsQuestion } from './questions.ts';
import { otherTarget } from './target.ts';

export const renamedEnumValue: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'rename-enum-value') return undefined;
  const { type, value, to } = act.change;
  const { before } = act;
  const name = quotedName(type);
  const [old, now] = [literal(value).trim(), literal(to).trim()];
  const wanted = before.qualifyType(type);
  const columns = before.columnsOfType(type).filter(({ relation, column }) => (relation.kind === 'table' || relation.kind === 'partitioned-table') && relation.partitionOf === undefined && !column.type.isArray && isSameName(before.qualifyType(column.type.name), wanted));
  const moved = columns.map(({ relation, column }): { readonly step: PlanStep; readonly decisions: ReturnType<typeof otherTarget>['decisions'] } => {
    const target = otherTarget(relation.name, before);
    const isOld = `${quoted(column.name)} = ${old}`;
    const rows = rowsQuestion(`rows of ${target.sql} that still have ${old}`, target, isOld);
    return { step: batches(`Move the rows of ${target.sql}`, target, { set: `${quoted(column.name)} = ${now}`, where: isOld }, { questions: [rows] }), decisions: target.decisions };
  });
  return {
    title: `Add ${now} to ${name}, move the code and the rows to it, and leave ${old} unused`,
    instead: writtenAlone(ailment),
    decisions: moved.flatMap(({ decisions }) => decisions),
    questions: [],
    steps: [
      outside('Add the new value', [`ALTER TYPE ${name} ADD VALUE ${now} BEFORE ${old}`], { notes: ['There is no way back: PostgreSQL drops no value of an enum.', 'A transaction that adds a value can not use it, so it has a migration of its own.'] }),
      deployed(`Code that reads both, and writes ${now}`, { notes: [`Defaults and conditions that say ${old} move too: ALTER COLUMN … SET DEFAULT, views, CHECKs, indexes with a WHERE.`, 'Wait until nothing of the old code runs any more.'] }),
      ...moved.map(({ step }) => step),
      deployed(`Code that knows ${now} alone`),
    ],
    differs: [`${name} still has ${old}, which nothing uses.`],
  };
};
