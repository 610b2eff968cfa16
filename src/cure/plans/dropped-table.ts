// A table goes when nobody uses it any more: first its name, which can be given back at once.

import type { ChangeOf } from '../../model/change.ts';
import { truncateName } from '../../model/names.ts';
import type { Plan } from '../../model/plan.ts';
import type { Act } from '../../model/timeline.ts';
import { list } from '../../text/list.ts';
import { quoted, quotedName } from '../hand.ts';
import { deployed, inTransaction, type Planner } from './planner.ts';
import { targetOf } from './target.ts';
import { activityQuestion } from './use.ts';

export const droppedTable: Planner = ({ step, timeline: { source } }) => {
  const dropped = step.acts.flatMap((act) => (act.change.kind === 'drop-table' ? [{ act, change: act.change }] : []));
  if (dropped.length === 0) return undefined;
  return planOf(dropped, source.slice(step.statement.span));
};

interface Dropped {
  readonly act: Act;
  readonly change: ChangeOf<'drop-table'>;
}

function planOf(dropped: readonly Dropped[], written: string): Plan {
  const tables = dropped.map(({ act, change }) => ({ target: targetOf(change.table, act.before), change, retired: truncateName(`${change.table.name}_retired`) }));
  const names = list(tables.map(({ target }) => target.sql));
  return {
    title: `Let the code forget ${names}, take the name away, and drop it then`,
    instead: written,
    decisions: [],
    questions: [],
    steps: [
      deployed(`Code that does not use ${names}`, { questions: tables.map(({ target }) => activityQuestion(target)), notes: ['Wait until nothing of the old code runs any more, jobs and reports too.'] }),
      ...tables.map(({ target, retired }) =>
        inTransaction(`Take the name of ${target.sql} away`, [`ALTER TABLE ${target.sql} RENAME TO ${quoted(retired)}`], {
          notes: ['What still uses it fails at once, and works again at once when the name is given back. Leave it so for some days.'],
          undo: [`ALTER TABLE ${quotedName({ schema: target.name.schema, name: retired })} RENAME TO ${quoted(target.name.name)}`],
        }),
      ),
      ...tables.map(({ target, change, retired }) =>
        inTransaction(`Drop ${target.sql}`, [`DROP TABLE ${quotedName({ schema: target.name.schema, name: retired })}${change.cascade ? ' CASCADE' : ''}`], { notes: ['Its rows are gone then: have a backup that somebody has tried.'] }),
      ),
    ],
    differs: [],
  };
}
