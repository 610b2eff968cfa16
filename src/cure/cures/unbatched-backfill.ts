// All rows written in batches, each in a transaction of its own: others see some of them written before the rest.

import type { Treatment, Withheld } from '../../model/cure.ts';
import type { RowAction } from '../../model/row-action.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { inBatches, rowWorkIn } from '../row-work.ts';
import { handOf } from '../hand.ts';

export const unbatchedBackfill: Remedy = (ailment) => {
  const { statement } = ailment.step;
  const [action, ...others] = statement.kind === 'data' ? statement.actions : [];
  if (action === undefined || others.length > 0) return { why: 'the rows are written by a part of a larger statement' };
  return batched(ailment, action);
};

function batched({ step, timeline: { source } }: Ailment, { target, verb }: RowAction): Treatment | Withheld {
  const relation = step.before.find(target);
  if (typeof relation === 'string') return { why: 'the primary key of the table is not known, by which its rows could be taken in batches' };
  const work = rowWorkIn(source, step.statement.span, relation);
  if ('why' in work) return work;
  const loop = inBatches(work, relation, source, handOf(source, step.statement.span));
  if (typeof loop !== 'string') return loop;
  return {
    title: verb === 'delete' ? 'Delete the rows in batches, each in a transaction of its own' : 'Write the rows in batches, each in a transaction of its own',
    isUnsafe: true,
    edits: [{ span: step.statement.span, text: loop }],
    moves: { place: 'outside', name: `${verb === 'delete' ? 'empty' : 'fill'}_${relation.name.name}`, undo: [] },
    about: [{ relation: relation.name, names: [], commutes: new Set() }],
  };
}
