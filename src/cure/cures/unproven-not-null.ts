// SET NOT NULL behind a proof that is validated while everybody works.

import type { Stage } from '../../model/cure.ts';
import type { Remedy } from '../ailment.ts';
import { actionRemoved } from '../actions.ts';
import { handOf } from '../hand.ts';
import { notNullProof } from '../not-null-proof.ts';

export const unprovenNotNull: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'set-not-null') return undefined;
  const { table, column, only } = act.change;
  const { constraint, added, validated, demanded, undo } = notNullProof({ table, column, isOnly: only }, act.before, step.version, handOf(source, step.statement.span));
  const validation: Stage = { name: `validate_${constraint}`, statements: [validated], place: 'own', undo: [] };
  const isWhole = demanded.length === 0;
  return {
    title: isWhole ? 'Add NOT NULL NOT VALID, and validate it in a later transaction' : 'Prove NOT NULL by a CHECK that is validated in a later transaction',
    edits: actionRemoved(ailment, added),
    behind: isWhole ? [validation] : [validation, { name: `require_${act.before.qualify(table).name}_${column}`, statements: demanded, place: 'own', undo: undo.demanded }],
    undo: undo.added,
    about: [],
  };
};
