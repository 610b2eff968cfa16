// What a failed build may have left is dropped before the next one.

import { handOf, quotedName } from '../hand.ts';
import type { Remedy } from '../ailment.ts';
import { subjectOf } from './concurrently.ts';

export const hiddenInvalidIndex: Remedy = ({ step, timeline: { source } }) => {
  const act = step.acts.find(({ change }) => change.kind === 'create-index' && change.concurrently);
  if (act?.change.kind !== 'create-index' || act.change.index.name === undefined) return undefined;
  const { table, index: { name } } = act.change;
  const sql = handOf(source, step.statement.span);
  const drop = sql`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName({ schema: table.schema, name })}`;
  return {
    title: 'Drop what a failed build has left',
    edits: [],
    before: [{ name: `drop_invalid_${name}`, statements: [drop], place: 'outside', undo: [] }],
    moves: { place: 'outside', name: `create_${name}`, undo: [drop] },
    about: [subjectOf(act.before.qualify(table), [name])],
  };
};
