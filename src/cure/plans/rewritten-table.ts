// A whole table written anew: by a copy that is made while it is in use.

import type { Plan } from '../../model/plan.ts';
import type { Act } from '../../model/timeline.ts';
import type { Ailment } from '../ailment.ts';
import { quoted } from '../hand.ts';
import { copiedTable } from './copied-table.ts';
import { outside, writtenAlone, type Planner } from './planner.ts';
import { asRegclass, targetOf, type Target } from './target.ts';

export const rewrittenTable: Planner = (ailment) => {
  const { act = soleAct(ailment), timeline: { source } } = ailment;
  if (act === undefined) return undefined;
  const { change, before } = act;
  switch (change.kind) {
    case 'set-persistence':
    case 'set-access-method':
      return copiedTable(ailment, targetOf(change.table, before), source.slice(change.span), []);
    case 'set-tablespace':
      return copiedTable(ailment, targetOf(change.relation, before), source.slice(change.span), []);
    case 'vacuum':
    case 'cluster':
      return change.table && repacked(ailment, targetOf(change.table, before), change.kind === 'cluster' ? (change.byIndex ?? 'its index') : undefined);
    default:
      return undefined;
  }
};

function soleAct({ step: { acts } }: Ailment): Act | undefined {
  return acts.length === 1 ? acts[0] : undefined;
}

/** `index`: by whose order. */
function repacked(ailment: Ailment, target: Target, index: string | undefined): Plan {
  const { sql } = target;
  const order = index === undefined ? '' : ` --order-by=COLUMNS, with the columns of ${quoted(index)},`;
  return {
    title: index === undefined ? `Make room in ${sql} without keeping anybody out` : `Put the rows of ${sql} in order without keeping anybody out`,
    instead: writtenAlone(ailment),
    decisions: [],
    questions: [{ kind: 'look', shows: `how much there is to write: as much is needed once more on the disk`, sql: `SELECT pg_size_pretty(pg_total_relation_size(${asRegclass(target)}))` }],
    steps: [
      outside(`Let new rows take the room of old ones`, [`VACUUM (ANALYZE) ${sql}`], { notes: ['It keeps nobody from reading or writing, and gives no room back to the disk. Mostly that is all that is needed.'] }),
      outside('Where the table has to become smaller, or be put in order, use pg_repack', [], {
        notes: [`From a shell: pg_repack --table=${sql}${order} copies the table while it is in use, and locks it for a moment at its beginning and at its end. It needs its extension in the database, and a primary key.`, 'Without it: a maintenance window, with the statement as it is.'],
      }),
    ],
    differs: [],
  };
}
