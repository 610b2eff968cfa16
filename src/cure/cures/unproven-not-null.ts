// SET NOT NULL behind a proof that is validated while everybody works.

import type { Remedy } from '../ailment.ts';
import { actionRemoved } from '../actions.ts';
import { handOf } from '../hand.ts';
import { notNullChain } from '../not-null-chain.ts';

export const unprovenNotNull: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'set-not-null') return undefined;
  const { table, column, only } = act.change;
  const { added, validation, end, undo } = notNullChain({ table, column, isOnly: only }, act.before, step.version, handOf(source, step.statement.span));
  return {
    title: end.length === 0 ? 'Add NOT NULL NOT VALID, and validate it in a later transaction' : 'Prove NOT NULL by a CHECK that is validated in a later transaction',
    edits: actionRemoved(ailment, added),
    behind: end.length === 0 ? [validation] : [validation, { name: `require_${act.before.qualify(table).name}_${column}`, statements: end, place: 'own', undo: undo.end }],
    undo: undo.added,
    about: [],
  };
};
