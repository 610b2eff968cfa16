// A serial or an identity for a table that has rows: a plain column that takes its numbers from a sequence, until all rows have one.

import type { ChangeOf } from '../../model/change.ts';
import { isSerial } from '../../model/column-type.ts';
import { truncateName } from '../../model/names.ts';
import type { Plan } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { literal, quoted } from '../hand.ts';
import { typeSql } from '../type-sql.ts';
import { batches } from './batches.ts';
import { inTransaction, writtenAlone } from './planner.ts';
import { nullsQuestion } from './questions.ts';
import { requireSteps } from './required.ts';
import { beside, targetOf } from './target.ts';
import { writtenFrom } from './written.ts';

export function numberedColumn(ailment: Ailment, { table, column, span }: ChangeOf<'add-column'>): Plan | undefined {
  const { act, step, timeline: { source } } = ailment;
  const target = targetOf(table, act?.before ?? step.before);
  const type = typeSql(column.type);
  if (type === undefined) return undefined;
  const { sql } = target;
  const name = quoted(column.name);
  const made = truncateName(`${table.name}_${column.name}_seq`);
  const isIdentity = !isSerial(column.type);
  const sequence = beside(target, isIdentity ? truncateName(`${table.name}_${column.name}_fill`) : made);
  const identity = isIdentity ? writtenFrom(source, span, 'GENERATED') : undefined;
  const taken = `nextval(${literal(sequence).trim()})`;
  const size = ['smallint', 'int'].includes(type) ? ` AS ${type}` : '';
  return {
    title: `Add ${sql}.${name} as a plain column, number the rows, and make it ${isIdentity ? 'an identity' : 'what a serial is'} then`,
    instead: writtenAlone(ailment),
    decisions: target.decisions,
    questions: [],
    steps: [
      inTransaction(
        'Add the column; new rows get their number from a sequence',
        [
          `CREATE SEQUENCE ${sequence}${size}`,
          `ALTER TABLE ${sql} ADD COLUMN ${name} ${type}`,
          `ALTER TABLE ${sql} ALTER COLUMN ${name} SET DEFAULT ${taken}`,
          ...(isIdentity ? [] : [`ALTER SEQUENCE ${sequence} OWNED BY ${sql}.${name}`]),
        ],
        { notes: ['The application changes nothing.'], undo: [`ALTER TABLE ${sql} DROP COLUMN ${name}`, ...(isIdentity ? [`DROP SEQUENCE ${sequence}`] : [])] },
      ),
      batches('Number the rows that are there', target, { set: `${name} = ${taken}`, where: `${name} IS NULL` }, { questions: [nullsQuestion(target, [column.name])] }),
      ...requireSteps(column.name, target, step.version),
      ...(identity === undefined ? [] : [identityStep(sql, name, { sequence, identity: identityOnly(source.slice(identity)), made: beside(target, made) })]),
    ],
    differs: column.constraints.some(({ type: kind }) => kind !== 'not-null') ? [`The other constraints of ${name} are still to be added.`] : [],
  };
}

/** Without what stands behind it: `GENERATED ALWAYS AS IDENTITY (START WITH 1000)`. */
function identityOnly(text: string): string {
  return /^GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY(?:\s*\([^()]*\))?/i.exec(text)?.[0] ?? text;
}

interface NewIdentity {
  readonly sequence: string;
  readonly identity: string;
  readonly made: string;
}

/** In one ALTER TABLE: between two, a row would get no number. */
function identityStep(sql: string, name: string, { sequence, identity, made }: NewIdentity): Plan['steps'][number] {
  return inTransaction(
    'Make it an identity, which counts on from there',
    [
      `ALTER TABLE ${sql} ALTER COLUMN ${name} DROP DEFAULT, ALTER COLUMN ${name} ADD ${identity}`,
      `SELECT setval(${literal(made).trim()}, nextval(${literal(sequence).trim()}), false)`,
      `DROP SEQUENCE ${sequence}`,
    ],
    { notes: ['It reads no rows.'] },
  );
}

