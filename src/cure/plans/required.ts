// NOT NULL for a column that is filled: proven by what can be validated while others read and write.

import { checkName, notNullName } from '../../history/constraint-names.ts';
import { truncateName } from '../../model/names.ts';
import type { PlanStep } from '../../model/plan.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { quoted } from '../hand.ts';
import { eachAlone, inTransaction } from './planner.ts';
import type { Target } from './target.ts';

/** What proves it, and what is done when it is proven. */
export interface NotNullProof {
  /** `ADD CONSTRAINT … NOT VALID` */
  readonly added: string;
  readonly constraint: string;
  /** Behind its validation; empty where that is all. */
  readonly demanded: readonly string[];
}

/** From PostgreSQL 18 on, NOT NULL can be NOT VALID itself. */
export function notNullProof(column: string, { sql, name, relation, catalog }: Target, version: PostgresVersion): NotNullProof {
  const isSplit = version >= 18;
  const made = relation && (isSplit ? notNullName(column, relation, catalog, new Set()) : checkName(column, relation, catalog));
  const constraint = made ?? truncateName(`${name.name}_${column}_${isSplit ? 'not_null' : 'check'}`);
  if (isSplit) return { added: `ADD CONSTRAINT ${quoted(constraint)} NOT NULL ${quoted(column)} NOT VALID`, constraint, demanded: [] };
  return {
    added: `ADD CONSTRAINT ${quoted(constraint)} CHECK (${quoted(column)} IS NOT NULL) NOT VALID`,
    constraint,
    demanded: [`ALTER TABLE ${sql} ALTER COLUMN ${quoted(column)} SET NOT NULL`, `ALTER TABLE ${sql} DROP CONSTRAINT ${quoted(constraint)}`],
  };
}

export function requireSteps(column: string, target: Target, version: PostgresVersion): readonly PlanStep[] {
  const { added, constraint, demanded } = notNullProof(column, target, version);
  const { sql } = target;
  return [
    inTransaction(`Let nobody write NULL any more`, [`ALTER TABLE ${sql} ${added}`], {
      notes: ['It holds for what is written from now on, so a row that is still NULL can no longer be updated: first the question before it has to find nothing.'],
      undo: [`ALTER TABLE ${sql} DROP CONSTRAINT ${quoted(constraint)}`],
    }),
    eachAlone('Check the rows that are there', [`ALTER TABLE ${sql} VALIDATE CONSTRAINT ${quoted(constraint)}`], {
      notes: ['It reads the whole table, and keeps nobody from reading or writing it.'],
    }),
    ...(demanded.length === 0 ? [] : [inTransaction('Demand NOT NULL, which is proven by now', demanded)]),
  ];
}
