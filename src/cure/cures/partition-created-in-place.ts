// A partition that is made as a table like the partitioned one, and attached: that keeps neither readers nor writers out.

import { ordinaryStorage } from '../../model/catalog.ts';
import type { Relation } from '../../model/relation.ts';
import type { Remedy } from '../ailment.ts';
import { indentationAt, lineEndIn } from '../edits.ts';
import { handOf, quotedName } from '../hand.ts';
import { partitionOfIn } from '../partition-bound.ts';
import { standingOf } from '../standing.ts';

/**
 * Comments and statistics, which LIKE copies, no partition gets from above. Where the partitioned table is kept elsewhere than others, so are
 * its partitions, but not a table like it.
 */
export const partitionCreatedInPlace: Remedy = (ailment) => {
  const { act, step, timeline: { source, isRunKnown, links } } = ailment;
  if (act?.change.kind !== 'create-table' || act.change.partitionOf === undefined) return undefined;
  const { table, ifNotExists, partitionOf: { parent } } = act.change;
  const written = partitionOfIn(source, step.statement.span);
  if (written === undefined) return { why: 'the partition says more of its columns than the partitioned table does' };
  if (ifNotExists && !act.before.isSurelyAbsent(table)) return { why: 'it may be there already, and what is there is not attached twice' };
  const above = act.before.find(parent);
  if (typeof above !== 'string' && !isKeptAsOthers(above)) return { why: 'the partitioned table is kept in a place of its own, and a table like it would not be' };
  const sql = handOf(source, step.statement.span);
  const name = source.slice(written.parent);
  const attached = sql`ALTER TABLE ${name} ATTACH PARTITION ${quotedName(table)} ${source.slice(written.bound)}`;
  const isAlone = standingOf(ailment) === 'free' && (isRunKnown || links.saysHowItIsRun);
  const { start } = step.statement.span;
  return {
    title: 'Make the table first, and attach it',
    ...(typeof above === 'string' ? { isUnsafe: true } : {}),
    edits: [
      ...(isAlone ? [{ span: { start, end: start }, text: sql`BEGIN` + `;${lineEndIn(source)}${indentationAt(start, source)}` }] : []),
      { span: { start: written.start, end: written.end }, text: sql`(LIKE ${name} INCLUDING ALL EXCLUDING COMMENTS EXCLUDING IDENTITY EXCLUDING STATISTICS)` },
    ],
    behind: [{ name: '', statements: isAlone ? [attached, sql`COMMIT`] : [attached], place: 'together', undo: [] }],
    about: [],
  };
};

function isKeptAsOthers({ storage: { tablespace, accessMethod } }: Relation): boolean {
  return tablespace === ordinaryStorage.tablespace && (accessMethod === undefined || accessMethod === ordinaryStorage.accessMethod);
}
