// What would be done while an earlier statement of the transaction keeps others waiting, in a migration of its own: it is not undone with the
// rest any more.

import type { Treatment } from '../../model/cure.ts';
import type { Step } from '../../model/timeline.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { subjectsOf } from '../neighbours.ts';

export const workWhileLocked: Remedy = (ailment) => apart(ailment, 'Do the work in a transaction of its own, behind the one that locks');

export const lockUpgrade: Remedy = (ailment) => apart(ailment, 'Ask for the stronger lock in a transaction of its own');

export const severalTablesLocked: Remedy = (ailment) => apart(ailment, 'Change the table in a transaction of its own');

function apart({ step, timeline: { source } }: Ailment, title: string): Treatment {
  return { title, isUnsafe: true, isOneOfMany: true, edits: [], moves: { place: 'own', name: nameFor(step), undo: [] }, about: subjectsOf(step, source) };
}

/** `fill_orders`, `alter_table_orders`. */
function nameFor({ statement, effects }: Step): string {
  const target = effects.find(({ work }) => work.includes('write')) ?? effects[0];
  const [action] = statement.kind === 'data' ? statement.actions : [];
  const verb = action?.verb === 'insert' || action?.verb === 'update' ? 'fill' : statement.command.toLowerCase().replaceAll(' ', '_');
  const table = action?.target.name ?? target?.relation.name;
  return table === undefined ? verb : `${verb}_${table}`;
}
