// CONCURRENTLY, outside of transactions: for what PostgreSQL can do so, and for what says so already and stands in a transaction.

import type { ChangeKind } from '../../model/change.ts';
import { checkName } from '../../history/constraint-names.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Subject, Treatment, Withheld } from '../../model/cure.ts';
import type { Relation } from '../../model/relation.ts';
import { boundsOf } from '../../postgres/partition-bounds.ts';
import { verdictOf } from '../../postgres/partition-proof.ts';
import type { QualifiedName } from '../../model/names.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { standingOf } from '../standing.ts';
import { wordsIn } from '../tokens-of.ts';

/** DROP INDEX, one index a statement. */
export const blockingIndexDrop: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'drop-index') return undefined;
  const words = wordsIn(source, step.statement.span, 'INDEX');
  const { index } = act.change;
  const table = act.before.tableOfIndex(index);
  const relation = typeof table === 'string' ? table : act.before.find(table);
  if (step.acts.length !== 1) return { why: 'CONCURRENTLY drops one index a statement, and this drops several' };
  if (words === undefined || typeof table === 'string' || typeof relation === 'string') return { why: 'the table of the index is not known' };
  if (relation.constraints.some(({ name }) => name === index.name)) return { why: 'the index belongs to a constraint, with which it goes' };
  return outside(ailment, words.end, { title: 'Drop the index concurrently, outside of transactions', name: `drop_${index.name}`, relation: table, names: [index.name] });
};

export const blockingReindex: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'reindex' || act.change.relation === undefined) return undefined;
  const { target, relation } = act.change;
  const words = wordsIn(source, step.statement.span, target.toUpperCase());
  if (words === undefined) return undefined;
  return outside(ailment, words.end, { title: 'Rebuild it concurrently, outside of transactions', name: `reindex_${relation.name}`, relation: act.before.qualify(relation), names: [] });
};

/** PostgreSQL leaves the bounds behind as a CHECK then. Source: DetachAddConstraintIfNeeded() in src/backend/commands/tablecmds.c. */
export const blockingPartitionDetach: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'detach-partition') return undefined;
  const { table, partition, span } = act.change;
  const [parent, part] = [act.before.find(table), act.before.find(partition)];
  if (typeof parent === 'string' || typeof part === 'string' || part.partitionOf === undefined) return { why: 'whether the table has a default partition is not known, with which PostgreSQL refuses CONCURRENTLY' };
  const left = checkLeftBehind(parent, part, act.before);
  if (typeof left === 'object') return left;
  const sql = handOf(source, step.statement.span);
  const detached = outside(ailment, span.end, { title: 'Detach the partition concurrently, outside of transactions', name: `detach_${partition.name}`, relation: parent.name, names: [partition.name] });
  if (left === undefined) return detached;
  // In the same file, the DROP could give up behind what can't be done twice.
  if (standingOf(ailment) === 'free' || standingOf(ailment) === 'begun') return { ...detached, title: `${detached.title}: it keeps a CHECK of its bounds`, isUnsafe: true };
  const drop = sql`ALTER TABLE ${quotedName(partition)} DROP CONSTRAINT ${quoted(left)}`;
  return { ...detached, behind: [{ name: `drop_${left}`, statements: [drop], place: 'own', undo: [] }] };
};

/** Undefined where its constraints say the same already. */
function checkLeftBehind(parent: Relation, part: Relation, catalog: Catalog): string | Withheld | undefined {
  const bounds = part.partitionOf ? boundsOf(parent, part.partitionOf.bound, catalog) : 'none';
  if (bounds === 'none' || part.partitionOf?.bound.kind === 'hash' || verdictOf(part, bounds) === 'proven') return undefined;
  const columns = parent.partitionBy?.columns ?? [];
  const isClear = parent.partitionOf === undefined && columns.length > 0 && !columns.includes(undefined) && part.kind === 'table';
  return isClear ? checkName(columns.length === 1 ? (columns[0] ?? '') : '', part, catalog) : { why: 'the name of the CHECK that CONCURRENTLY leaves behind is not known' };
}

/** A unique index without a condition, on plain columns, lets readers go on; PostgreSQL allows it in a transaction too. */
export const blockingRefresh: Remedy = ({ act, step, timeline: { source } }) => {
  if (act?.change.kind !== 'refresh') return undefined;
  const view = act.before.find(act.change.view);
  const words = wordsIn(source, step.statement.span, 'VIEW');
  if (words === undefined || typeof view === 'string') return { why: 'whether the view has a unique index is not known' };
  const isReady = view.indexes.some(({ unique, predicate, expressions, valid }) => unique && valid && predicate === undefined && expressions.length === 0);
  if (!isReady) return { why: 'the view needs a unique index on plain columns first' };
  if (!view.written) return { why: 'the view was never filled' };
  const sql = handOf(source, step.statement.span);
  return { title: 'Refresh the view concurrently', edits: [{ span: { start: words.end, end: words.end }, text: sql` CONCURRENTLY` }], about: [] };
};

/** It says CONCURRENTLY already. */
export const concurrentlyInTransaction: Remedy = (ailment) => {
  const { step } = ailment;
  const [act] = step.acts;
  if (act === undefined || step.acts.length !== 1 || step.refused.length > 0) return undefined;
  const relation = step.effects[0]?.relation;
  const name = step.statement.command.toLowerCase().replaceAll(' ', '_');
  const madeName = act.change.kind === 'create-index' ? act.change.index.name : undefined;
  const undo = act.change.kind === 'create-index' && madeName !== undefined ? [handOf(ailment.timeline.source, step.statement.span)`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName({ schema: act.change.table.schema, name: madeName })}`] : [];
  return {
    title: 'Take the statement out of the transaction',
    edits: [],
    moves: { place: 'outside', name: madeName === undefined ? name : `create_${madeName}`, undo },
    about: relation === undefined ? [] : [subjectOf(relation, madeName === undefined ? [] : [madeName])],
  };
};

interface Aim {
  readonly title: string;
  readonly name: string;
  readonly relation: QualifiedName;
  readonly names: readonly string[];
}

function outside({ step, timeline: { source } }: Ailment, at: number, { title, name, relation, names }: Aim): Treatment {
  const sql = handOf(source, step.statement.span);
  return { title, edits: [{ span: { start: at, end: at }, text: sql` CONCURRENTLY` }], moves: { place: 'outside', name, undo: [] }, about: [subjectOf(relation, names)] };
}

/** Neither reads an index, nor changes what it is built on. */
const besideIndexes: ReadonlySet<ChangeKind> = new Set([
  'add-column', 'add-constraint', 'comment', 'create-index', 'create-policy', 'create-trigger', 'drop-default', 'drop-index', 'grant', 'set-default', 'set-not-null', 'set-row-security', 'validate-constraint',
]);

export function subjectOf(relation: QualifiedName, names: readonly string[]): Subject {
  return { relation, names, commutes: besideIndexes };
}
