// A column whose values are computed from the row: VIRTUAL where PostgreSQL has that, else a plain one that a trigger writes.

import type { ChangeOf } from '../../model/change.ts';
import type { Withheld } from '../../model/cure.ts';
import { truncateName } from '../../model/names.ts';
import type { Plan } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { dollarQuoted } from '../dollar-quoted.ts';
import { quoted } from '../hand.ts';
import { batches } from './batches.ts';
import { inTransaction, writtenAlone } from './planner.ts';
import { rowsQuestion } from './questions.ts';
import { beside, lateTrigger, targetOf, type Target } from './target.ts';
import { parenthesizedBehind, without, wordReplaced, writtenFrom } from './written.ts';

export function computedColumn(ailment: Ailment, change: ChangeOf<'add-column'>): Plan | Withheld | undefined {
  const { act, step, timeline: { source } } = ailment;
  const target = targetOf(change.table, act?.before ?? step.before);
  const generated = writtenFrom(source, change.span, 'GENERATED');
  const expression = generated && parenthesizedBehind(source, generated, 'AS');
  if (generated === undefined || expression === undefined) return undefined;
  if (step.version >= 18) return virtual(ailment, change, target);
  return byTrigger(ailment, change, { target, expression: source.slice(expression), plain: without(source, change.span, [generated]) });
}

function virtual(ailment: Ailment, { column, span }: ChangeOf<'add-column'>, { sql }: Target): Plan {
  const { source } = ailment.timeline;
  const name = quoted(column.name);
  return {
    title: `Compute ${sql}.${name} when it is read`,
    instead: writtenAlone(ailment),
    decisions: [],
    questions: [],
    steps: [
      inTransaction('Add the column as VIRTUAL', [`ALTER TABLE ${sql} ${wordReplaced(source, span, 'STORED', 'VIRTUAL')}`], {
        notes: ['It changes the catalogs alone.', 'PostgreSQL 18 builds no index on a virtual column, and computes none with functions or types of your own: where you need one of them, make it a plain column that a trigger writes.'],
        undo: [`ALTER TABLE ${sql} DROP COLUMN ${name}`],
      }),
    ],
    differs: [`${name} is computed each time that it is read, and not stored.`],
  };
}

interface Computation {
  readonly target: Target;
  readonly expression: string;
  /** ADD COLUMN without the expression. */
  readonly plain: string;
}

function byTrigger(ailment: Ailment, { column, table }: ChangeOf<'add-column'>, { target, expression, plain }: Computation): Plan {
  const { sql, relation } = target;
  const name = quoted(column.name);
  const trigger = lateTrigger(target, `compute_${column.name}`);
  const filler = beside(target, truncateName(`compute_${table.name}_${column.name}`));
  const body = `\nBEGIN\n  NEW.${name} := (SELECT ${expression} FROM (SELECT NEW.*) AS ${quoted(table.name)});\n  RETURN NEW;\nEND\n`;
  const value = `(${expression})`;
  return {
    title: `Add ${sql}.${name} as a plain column that a trigger writes`,
    instead: writtenAlone(ailment),
    decisions: target.decisions,
    questions: [],
    steps: [
      inTransaction(
        'Add the column, and the trigger',
        [
          `ALTER TABLE ${sql} ${plain}`,
          `CREATE FUNCTION ${filler}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(body)}`,
          `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${sql} FOR EACH ROW EXECUTE FUNCTION ${filler}()`,
        ],
        {
          notes: ['The application changes nothing; what it writes to the column itself, the trigger writes over.'],
          undo: [...(relation === undefined || relation.children.length > 0 ? [`LOCK TABLE ${sql}`] : []), `DROP TRIGGER ${trigger} ON ${sql}`, `DROP FUNCTION ${filler}()`, `ALTER TABLE ${sql} DROP COLUMN ${name}`],
        },
      ),
      batches('Compute it for the rows that are there', target, { set: `${name} = ${value}`, where: `${name} IS NULL` }, { questions: [rowsQuestion(`rows of ${sql} without their value`, target, `${name} IS NULL AND ${value} IS NOT NULL`)] }),
    ],
    differs: [`${name} is a plain column, which the trigger keeps: it stays for good.`, ...(column.notNull ? [`${name} may be NULL: demand it by a CHECK that is added NOT VALID.`] : [])],
  };
}
