// The index of a partitioned table: by its name alone on the table, built concurrently on each partition, and attached.

import type { Stage } from '../../model/cure.ts';
import type { Ailment } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { tokensOf } from '../tokens-of.ts';
import { subjectOf } from './concurrently.ts';
import { madeIndex } from '../made-names.ts';
import type { Treatment, Withheld } from '../../model/cure.ts';
import { indexName } from '../../history/constraint-names.ts';
import type { QualifiedName } from '../../model/names.ts';

/**
 * One level of partitions; a partition that is partitioned itself would need the same once more. To be attached, the index of a partition is locked against all
 * queries of that partition, which plan with it: how long they may have to wait is limited.
 */
export function partitionedIndex({ act, step, timeline: { source } }: Ailment): Treatment | Withheld | undefined {
  if (act?.change.kind !== 'create-index') return undefined;
  const { table, index, only, concurrently } = act.change;
  const parent = act.before.find(table);
  const partitions = act.before.descendants(table);
  if (only || typeof parent === 'string' || ![parent, ...partitions].every((one) => act.before.isWhollyKnown(one))) return { why: 'which partitions the table has is not known' };
  if (partitions.some(({ kind }) => kind !== 'table')) return { why: 'its partitions have partitions themselves' };
  const name = index.name ?? madeIndex(act);
  const definition = definitionBehind(source, step.statement.span);
  if (name === undefined || definition === undefined) return { why: 'the name that PostgreSQL gives to the index is not known' };
  const sql = handOf(source, step.statement.span);
  const unique = index.unique ? sql`UNIQUE ` : '';
  const parts = partitions.map((relation) => ({ partition: relation.name, name: indexName(index.parts, relation, act.before) }));
  const top = sql`CREATE ${unique}INDEX ${quoted(name)} ON ONLY ${quotedName(table)} ${definition}`;
  const builds = parts.map((part) => sql`CREATE ${unique}INDEX CONCURRENTLY ${quoted(part.name)} ON ${quotedPartition(part.partition, table.schema)} ${definition}`);
  const attached = parts.map((part) => sql`ALTER INDEX ${quotedName({ schema: table.schema, name })} ATTACH PARTITION ${quotedPartition({ ...part.partition, name: part.name }, table.schema)}`);
  const limit = sql`SET LOCAL lock_timeout = '5s'`;
  // The one that was to be built concurrently stands where nothing limits what it waits for.
  const isUnlimited = concurrently && act.before.isLive(table);
  const begins: readonly Stage[] = isUnlimited ? [{ name: `create_${name}`, statements: [limit, top], place: 'own', undo: [], isAtomic: true }] : [];
  const stages: readonly Stage[] = [
    { name: `create_${name}_of_partitions`, statements: builds, place: 'outside', undo: [] },
    { name: `attach_${name}`, statements: [limit, ...attached], place: 'own', undo: [], isAtomic: true },
  ];
  return { title: 'Build the index of each partition concurrently, and attach them', edits: [{ span: step.statement.span, text: isUnlimited ? '' : top }], before: begins, behind: parts.length === 0 ? [] : stages, about: [subjectOf(act.before.qualify(table), [name])] };
}

/** As the statement names the table: with a schema, or without. */
function quotedPartition({ schema, name }: QualifiedName, written: string | undefined): string {
  return quotedName({ schema: written === undefined && schema === 'public' ? undefined : schema, name });
}

/** USING, the columns, and all behind them. */
function definitionBehind(source: Ailment['timeline']['source'], span: Ailment['step']['statement']['span']): string | undefined {
  const tokens = tokensOf(source, span);
  const start = tokens.find((token) => source.slice(token) === '(' || (token.kind === 'word' && source.slice(token).toUpperCase() === 'USING'));
  return start && source.slice({ start: start.start, end: span.end });
}
