// NOT NULL for a column that is filled: proven by what can be validated while others read and write.

import type { PlanStep } from '../../model/plan.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { quoted } from '../hand.ts';
import { notNullProof, type NotNullProof } from '../not-null-proof.ts';
import { large } from './large.ts';
import { eachAlone, inTransaction } from './planner.ts';
import type { Target } from './target.ts';

export function proofFor(column: string, { name, catalog }: Target, version: PostgresVersion): NotNullProof {
  return notNullProof({ table: name, column, isOnly: false }, catalog, version, large);
}

export function requireSteps(column: string, target: Target, version: PostgresVersion): readonly PlanStep[] {
  const { added, constraint, validated, demanded } = proofFor(column, target, version);
  return [
    inTransaction(`Let nobody write NULL any more`, [added], {
      notes: ['It holds for what is written from now on, so a row that is still NULL can no longer be updated: first the question before it has to find nothing.'],
      undo: [`ALTER TABLE ${target.sql} DROP CONSTRAINT ${quoted(constraint)}`],
    }),
    eachAlone('Check the rows that are there', [validated], {
      notes: ['It reads the whole table, and keeps nobody from reading or writing it.'],
    }),
    ...(demanded.length === 0 ? [] : [inTransaction('Demand NOT NULL, which is proven by now', demanded)]),
  ];
}
