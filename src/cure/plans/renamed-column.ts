// Another name for a column: a second column beside it, until no code knows the first one.

import type { Planner } from './planner.ts';
import { quoted } from '../hand.ts';
import { typeSql } from '../type-sql.ts';
import { list } from '../../text/list.ts';
import { dependentsQuestion } from './column-dependents.ts';
import { deployed, inShortTransaction, inTransaction, writtenAlone } from './planner.ts';
import { secondColumn } from './second-column.ts';
import { targetOf } from './target.ts';

export const renamedColumn: Planner = (ailment) => {
  const { act, step } = ailment;
  if (act?.change.kind !== 'rename-column') return undefined;
  const { table, column: old, to } = act.change;
  const target = targetOf(table, act.before);
  const { sql, relation } = target;
  const column = relation?.columns.get(old);
  const slot = `<type of ${old}>`;
  const known = column && typeSql(column.type);
  const collation = column?.collation === undefined ? '' : ` COLLATE ${quoted(column.collation)}`;
  if (relation?.kind === 'view') return undefined;
  const second = secondColumn({ target, version: step.version, old, fresh: to, type: (known ?? slot) + collation, value: undefined, isTwoWay: true });
  if ('why' in second) return second;
  const [from, name] = [quoted(old), quoted(to)];
  return {
    title: `Put ${sql}.${name} beside ${from}, move the code, and drop ${from}`,
    instead: writtenAlone(ailment),
    remarks: [`Nothing of this is needed where the code can go on to say ${from}: most ORMs map a name of theirs to it.`, ...second.remarks],
    decisions: [...(known === undefined ? [{ slot, meaning: `the type that ${from} has now` }] : []), ...second.decisions],
    questions: [dependentsQuestion(old, target)],
    steps: [
      ...second.prepared,
      deployed(`Code that reads and writes ${name} alone`, { notes: ['Wait until nothing of the old code runs any more, jobs and reports too.'] }),
      (second.others.length > 0 ? inShortTransaction : inTransaction)(`Drop ${from}`, [...second.handedOver, `ALTER TABLE ${sql} DROP COLUMN ${from}`, ...second.named], {
        notes: [`It reads no rows. It needs ACCESS EXCLUSIVE on ${list([sql, ...second.others])} for a moment: where it ends with a lock_timeout, try again when nothing long is running.`, `There is no way back from here but a second column once more.`],
      }),
    ],
    differs: [`${name} is the last column of ${sql} by then.`],
  };
};
