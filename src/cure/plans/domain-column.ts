// A column of a domain that checks its values: of the type below, with the checks on the table.

import { checkName } from '../../history/constraint-names.ts';
import type { ChangeOf } from '../../model/change.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Plan } from '../../model/plan.ts';
import type { Catalog } from '../../model/catalog.ts';
import { truncateName } from '../../model/names.ts';
import type { Ailment } from '../ailment.ts';
import { quoted, quotedName } from '../hand.ts';
import { typeSql } from '../type-sql.ts';
import { eachAlone, inTransaction, writtenAlone } from './planner.ts';
import { targetOf } from './target.ts';

export function domainColumn(ailment: Ailment, { table, column }: ChangeOf<'add-column'>): Plan | undefined {
  const { act, step } = ailment;
  const catalog = act?.before ?? step.before;
  const target = targetOf(table, catalog);
  const below = belowDomain(column.type, catalog);
  const type = below && typeSql(below.type);
  if (below === undefined || type === undefined || below.refusesNull || column.default !== undefined || column.notNull) return undefined;
  const { sql, relation } = target;
  const name = quoted(column.name);
  const domain = quotedName(column.type.name);
  const slot = `<conditions of ${column.type.name.name}>`;
  const constraint = quoted(relation === undefined ? truncateName(`${table.name}_${column.name}_check`) : checkName(column.name, relation, catalog));
  return {
    title: `Add ${sql}.${name} as ${type}, with the conditions of ${domain} on the table`,
    instead: writtenAlone(ailment),
    decisions: [{ slot, meaning: `the conditions of ${domain}, with ${name} in the place of VALUE; this shows them: SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contypid = '${domain.replaceAll("'", "''")}'::regtype` }],
    questions: [],
    steps: [
      inTransaction('Add the column and its CHECK', [`ALTER TABLE ${sql} ADD COLUMN ${name} ${type}, ADD CONSTRAINT ${constraint} CHECK (${slot}) NOT VALID`], {
        notes: ['It reads no rows: the column holds NULL in all that are there.'],
        undo: [`ALTER TABLE ${sql} DROP COLUMN ${name}`],
      }),
      eachAlone('Check the rows that are there', [`ALTER TABLE ${sql} VALIDATE CONSTRAINT ${constraint}`], { notes: ['It reads the whole table, and keeps nobody from reading or writing it.'] }),
    ],
    differs: [`${name} is ${type}, and what becomes of ${domain} later says nothing of it.`],
  };
}

function belowDomain(type: ColumnType, catalog: Catalog): { readonly type: ColumnType; readonly refusesNull: boolean } | undefined {
  const info = type.isArray ? undefined : catalog.type(type.name);
  if (info?.kind !== 'domain') return undefined;
  const below = belowDomain(info.base, catalog) ?? { type: info.base, refusesNull: false };
  return { type: below.type, refusesNull: below.refusesNull || info.notNull || info.constraints.some(({ refusesNull }) => refusesNull) };
}
