// An index that begins with the columns of the foreign key: at once on a new table, concurrently on one in use.

import { indexName } from '../../history/constraint-names.ts';
import type { Remedy } from '../ailment.ts';
import { handOf, quoted, quotedList, quotedName } from '../hand.ts';
import { subjectOf } from './concurrently.ts';

export const unindexedForeignKey: Remedy = (ailment) => {
  const { step, timeline: { source }, draft } = ailment;
  const act = ailment.act ?? step.acts[0];
  if (act === undefined || !('table' in act.change) || act.change.table === undefined) return undefined;
  const { table } = act.change;
  const relation = act.after.find(table);
  if (typeof relation === 'string') return { why: 'what the table is like is not known' };
  const old = act.before.find(table);
  const keys = relation.constraints.flatMap((one) => (one.type === 'foreign-key' && (typeof old === 'string' || !old.constraints.has(one.name)) ? [one] : []));
  const open = keys.filter(({ columns }) => !relation.indexes.some((index) => columns.every((column) => index.columns.slice(0, columns.length).includes(column))));
  const [key] = open.filter(({ columns }) => open.length === 1 || draft.message.includes(` begins with ${columns.join(', ')}:`));
  if (key === undefined) return { why: 'which foreign key is meant is not certain' };
  const sql = handOf(source, step.statement.span);
  const name = indexName(key.columns, relation, act.after);
  const isNew = act.after.isNew(table);
  if (!isNew && act.after.isPartitioned(table)) return { why: 'the index of a partitioned table in use takes several steps' };
  const built = sql`CREATE INDEX ` + (isNew ? '' : sql`CONCURRENTLY `) + sql`${quoted(name)} ON ${quotedName(table)} (${quotedList(key.columns)})`;
  return {
    title: 'Build an index for the foreign key',
    isUnsafe: true,
    edits: [],
    behind: [{ name: `create_${name}`, statements: [built], place: isNew ? 'together' : 'outside', undo: isNew ? [] : [sql`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName({ schema: table.schema, name })}`] }],
    about: [subjectOf(relation.name, [name])],
  };
};
