// A column goes when no code names it any more.

import type { PlanStep } from '../../model/plan.ts';
import { quoted } from '../hand.ts';
import { dependentsQuestion } from './column-dependents.ts';
import { deployed, inTransaction, writtenAlone, type Planner } from './planner.ts';
import { targetOf } from './target.ts';
import { useQuestion } from './use.ts';

export const droppedColumn: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'drop-column') return undefined;
  const { table, column } = act.change;
  const target = targetOf(table, act.before);
  const { sql, relation, key } = target;
  const name = quoted(column);
  const known = relation?.columns.get(column);
  const isKey = key.includes(name);
  const written = writtenAlone(ailment);
  if (relation?.kind === 'view') return undefined;
  return {
    title: `Let the code forget ${sql}.${name}, and drop it then`,
    instead: written,
    decisions: [],
    questions: [dependentsQuestion(column, target)],
    steps: [
      ...(known !== undefined && (known.nullable || known.hasDefault || known.identity || known.generated !== undefined || isKey) ? [] : [optional(sql, name)]),
      deployed(`Code that neither reads nor writes ${name}`, {
        notes: ['An ORM names all columns that it knows in every statement: tell it to leave this one out (in Rails, ignored_columns; in Prisma, take it out of the schema).', 'Wait until nothing of the old code runs any more, jobs and reports too.'],
        questions: [useQuestion([table.name, column])],
      }),
      inTransaction(`Drop ${name}`, [written], { notes: ['The values are gone then. Where anybody may want them back, keep a copy of them with the key first.'] }),
    ],
    differs: [],
  };
};

function optional(sql: string, name: string): PlanStep {
  return inTransaction(`Let INSERTs leave ${name} out`, [`ALTER TABLE ${sql} ALTER COLUMN ${name} DROP NOT NULL`], { notes: ['Without it, new code that does not name the column could insert no row.'] });
}
