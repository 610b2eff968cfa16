// Of two indexes of which one does all that the other does, the smaller one is not made, or goes when the wider one is built. What counts on
// its name, and who wants both, only people know.

import { keyOf } from '../../model/alike-indexes.ts';
import type { Treatment, Withheld } from '../../model/cure.ts';
import { printName } from '../../model/names.ts';
import type { Index, Relation } from '../../model/relation.ts';
import type { Act } from '../../model/timeline.ts';
import { nameOf } from '../../text/definitions.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { removalWithRemark } from '../edits.ts';
import { handOf, quoted, quotedList, quotedName } from '../hand.ts';
import { madeIndex } from '../made-names.ts';
import { isOnlyOne, stepsBehind } from '../neighbours.ts';
import { tokensOf } from '../tokens-of.ts';
import { subjectOf } from './concurrently.ts';

export const redundantIndex: Remedy = (ailment) => {
  const { act, draft, timeline } = ailment;
  if (act?.change.kind !== 'create-index') return undefined;
  const name = act.change.index.name ?? madeIndex(act);
  const end = timeline.steps.at(-1)?.after.find(act.before.qualify(act.change.table));
  if (name === undefined || end === undefined || typeof end === 'string') return { why: 'what indexes the table has is not known' };
  const table = printName(end.name);
  const wider = end.indexes.find((one) => draft.message.startsWith(`${one.name} of ${table} does all that ${name} does`));
  const smaller = end.indexes.find((one) => draft.message.startsWith(`${name} does all that ${one.name} of ${table} does`));
  if (wider !== undefined) return leftOut(ailment, { name, wider, table: end });
  return smaller === undefined ? undefined : dropped(ailment, act, { smaller, table: end });
};

interface Left {
  readonly name: string;
  readonly wider: Index;
  readonly table: Relation;
}

function leftOut(ailment: Ailment, { name, wider, table }: Left): Treatment | Withheld {
  const { step, timeline: { source } } = ailment;
  if (isNamedBehind(name, ailment)) return { why: 'a later statement names the index' };
  if (keyOf(table, wider.name)?.deferrable === true) return { why: `${quoted(wider.name)} is checked at the end of a transaction only` };
  if (!wider.valid) return { why: `${quoted(wider.name)} is not valid yet` };
  if (isOnlyOne(ailment)) return { why: 'the migration does nothing else: delete the file' };
  return {
    title: `Leave the index to ${quoted(wider.name)}`,
    isUnsafe: true,
    edits: [{ span: removalWithRemark(step.statement.span, source), text: '' }],
    unmade: [`DROP INDEX ${quoted(name)}`],
    about: [],
  };
}

/** The wider one has to be there first. */
function dropped(ailment: Ailment, act: Act, { smaller, table }: { readonly smaller: Index; readonly table: Relation }): Treatment | Withheld {
  const { step, timeline: { source, steps } } = ailment;
  if (act.change.kind !== 'create-index') return { why: 'no index is built' };
  const before = steps[0]?.before.find(table.name);
  if (before === undefined || typeof before === 'string' || !before.indexes.has(smaller.name)) return { why: `${quoted(smaller.name)} is made by the same migration: leave that one out` };
  if (table.children.length > 0 || table.partitionOf !== undefined || smaller.partOf !== undefined) return { why: 'an index of a partitioned table goes with those of its partitions' };
  if (smaller.unique) return { why: `a foreign key may stand on ${quoted(smaller.name)}` };
  if (smaller.clustered) return { why: `CLUSTER goes by ${quoted(smaller.name)}` };
  if (!act.change.concurrently) return { why: 'the wider index is to be built concurrently first' };
  if (isNamedBehind(smaller.name, ailment)) return { why: `a later statement names ${quoted(smaller.name)}` };
  const sql = handOf(source, step.statement.span);
  const { schema } = act.change.table;
  const using = smaller.method === 'btree' ? '' : sql` USING ${smaller.method}`;
  const included = smaller.included.length === 0 ? '' : sql` INCLUDE (${quotedList(smaller.included)})`;
  const built = sql`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${quoted(smaller.name)} ON ${quotedName(act.change.table)}${using} (${quotedList(smaller.columns)})${included}`;
  return {
    title: `Drop ${quoted(smaller.name)}, which nothing needs any more`,
    isUnsafe: true,
    edits: [],
    behind: [{ name: `drop_${smaller.name}`, statements: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName({ schema, name: smaller.name })}`], place: 'outside', undo: [built] }],
    undoInPlace: [built],
    about: [subjectOf(table.name, [smaller.name])],
  };
}

function isNamedBehind(name: string, ailment: Ailment): boolean {
  const { source } = ailment.timeline;
  return stepsBehind(ailment).some(({ statement }) => tokensOf(source, statement.span).some((token) => nameOf(token, source.text) === name));
}
