// Another type for a column: by way of a second one where PostgreSQL would write all rows anew, and with code that copes with both.

import type { ChangeOf } from '../../model/change.ts';
import { blocksWhileWorking } from '../../model/effect.ts';
import type { Plan, PlanStep, Question } from '../../model/plan.ts';
import type { Withheld } from '../../model/cure.ts';
import { list } from '../../text/list.ts';
import type { Ailment } from '../ailment.ts';
import { quoted } from '../hand.ts';
import { dependentsQuestion } from './column-dependents.ts';
import { fitQuestions } from './fitting.ts';
import { freshColumn } from './fresh-column.ts';
import { deployed, inShortTransaction, inTransaction, writtenAlone, type Planner } from './planner.ts';
import { secondColumn, type Exchange, type SecondColumn } from './second-column.ts';
import { targetOf, type Target } from './target.ts';
import { typeWrittenIn } from './written.ts';

export const changedType: Planner = (ailment) => {
  const { act, step } = ailment;
  if (act?.change.kind !== 'alter-column-type') return undefined;
  const { table, column } = act.change;
  const target = targetOf(table, typeof step.before.column(table, column) === 'string' ? act.before : step.before);
  return act.effects.some(blocksWhileWorking) ? bySecondColumn(ailment, act.change, target) : asItIs(ailment, act.change, target);
};

const staleSessions =
  'Let the application open its connections anew behind it. Statements that were prepared before fail with "cached plan must not change result type", and triggers in PL/pgSQL that read the column fail in sessions that have run them.';

type TypeChange = ChangeOf<'alter-column-type'>;

function bySecondColumn(ailment: Ailment, change: TypeChange, target: Target): Plan | Withheld | undefined {
  const { timeline: { source }, step } = ailment;
  const written = typeWrittenIn(source, change.span);
  if (written === undefined) return undefined;
  const zone = zoneOf(change, target, written.using);
  const exchange = exchangeTo([written.type, written.collation].filter(Boolean).join(' '), { target, old: change.column, version: step.version, value: written.using ?? zone?.value });
  const plan = exchanged(exchange, written.using === undefined ? fitQuestions(change.column, change.type, target) : []);
  if ('why' in plan) return plan;
  return {
    title: `Change the type of ${target.sql}.${quoted(change.column)} to ${written.type} by way of a second column`,
    instead: writtenAlone(ailment),
    ...plan,
    decisions: [...(zone?.decisions ?? []), ...plan.decisions],
  };
}

export function exchangeTo(type: string, { target, old, version, value }: Pick<Exchange, 'target' | 'old' | 'version' | 'value'>): Exchange {
  return { target, version, old, fresh: freshColumn(`new_${old}`, target), type, value, isTwoWay: false };
}

/** The whole way, without what it is called. */
export function exchanged(exchange: Exchange, questions: readonly Question[]): Omit<Plan, 'title' | 'instead'> | Withheld {
  const second = secondColumn(exchange);
  if ('why' in second) return second;
  const { target, old } = exchange;
  return {
    remarks: second.remarks,
    decisions: second.decisions,
    questions: [dependentsQuestion(old, target), ...questions],
    steps: [...second.prepared, ...swapped(exchange, second)],
    differs: [`${quoted(old)} is the last column of ${target.sql} by then.`, ...growth(exchange, second)],
  };
}

function growth({ type }: Exchange, { parts: { column, sequence } }: SecondColumn): readonly string[] {
  return column?.hasDefault && sequence && !sequence.isPart && /^(?:bigint|int8)$/i.test(type) ? [`The sequence ${quoted(sequence.name)} counts as far as the new type does, which ALTER COLUMN … TYPE would not have seen to.`] : [];
}

function swapped({ target: { sql, relation }, old, fresh, type }: Exchange, { handedOver, named, others, parts }: SecondColumn): readonly PlanStep[] {
  const past = freshColumn(`old_${old}`, { relation });
  const rename = (from: string, to: string): string => `ALTER TABLE ${sql} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`;
  const isRequired = parts.column === undefined || !parts.column.nullable;
  return [
    deployed(`Code that copes with ${quoted(old)} as ${type}`, {
      notes: ['It gets the old type until the next step, and the new one from there on.', 'No code may insert without naming its columns any more: the new column stands last.'],
    }),
    (others.length > 0 ? inShortTransaction : inTransaction)(
      'Let the two change places',
      [...handedOver, ...(isRequired ? [`ALTER TABLE ${sql} ALTER COLUMN ${quoted(old)} DROP NOT NULL`] : []), ...named, rename(old, past), rename(fresh, old)],
      {
        notes: [
          `It reads no rows. It needs ACCESS EXCLUSIVE on ${list([sql, ...others])} for a moment: where it ends with a lock_timeout, try again when nothing long is running.`,
          staleSessions,
          `From here on, nothing writes ${quoted(past)}: the way back is this plan once more, the other way around.`,
        ],
      },
    ),
    inTransaction('When nobody misses it, drop the old column', [`ALTER TABLE ${sql} DROP COLUMN ${quoted(past)}`], { notes: ['In a later deploy; its values are gone then.'] }),
  ];
}

interface Zoned {
  readonly value: string;
  readonly decisions: Plan['decisions'];
}

/** What a moment means depends on the time zone of whoever writes it: without one, the trigger would ask each session for its own. */
function zoneOf({ column, type }: TypeChange, { relation, sql }: Target, using: string | undefined): Zoned | undefined {
  const names = [relation?.columns.get(column)?.type.name.name, type.name.name];
  if (using !== undefined || !names.includes('timestamp') || !names.includes('timestamptz')) return undefined;
  const slot = `<time zone of ${column}>`;
  return { value: `${quoted(column)} AT TIME ZONE ${slot}`, decisions: [{ slot, meaning: `the time zone in which ${sql}.${quoted(column)} is meant, as in 'UTC'` }] };
}

/** PostgreSQL does it in the catalogs alone; only code has to cope with it. */
function asItIs(ailment: Ailment, change: TypeChange, { sql }: Target): Plan {
  const sqlAlone = writtenAlone(ailment);
  return {
    title: `Change the type of ${sql}.${quoted(change.column)} when the code copes with both`,
    instead: sqlAlone,
    decisions: [],
    questions: [],
    steps: [
      deployed(`Code that copes with the old type of ${quoted(change.column)} and with the new one`),
      inTransaction('Change the type', [sqlAlone], { notes: ['It changes the catalogs alone.', staleSessions] }),
    ],
    differs: [],
  };
}
