// Foreign keys that a migration adds, with what is true behind its last statement.

import type { Catalog } from '../model/catalog.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import type { Constraint } from '../model/constraint.ts';
import type { PlacedAct, Timeline } from '../model/timeline.ts';
import { definitionOf } from '../text/definitions.ts';
import type { Span } from '../text/span.ts';

export type ForeignKey = Extract<TableConstraint, { readonly type: 'foreign-key' }>;

export interface AddedKey {
  readonly key: ForeignKey;
  /** The table that has it, as it is in the end. */
  readonly table: Relation;
  /** The definition of its first column, or what adds the key. */
  readonly span: Span;
  readonly act: PlacedAct;
  readonly end: Catalog;
}

/** What is true behind the last statement. */
export function catalogBehind({ steps }: Timeline): Catalog | undefined {
  return steps.at(-1)?.after;
}

/** Those that are still there in the end, each once; not those of temporary tables, and not those that partitions have from their table. */
export function* addedKeys(timeline: Timeline): Generator<AddedKey> {
  const end = catalogBehind(timeline);
  const seen = new Set<ForeignKey>();
  for (const act of (['create-table', 'add-column', 'add-constraint'] as const).flatMap((kind) => timeline.acts.get(kind) ?? [])) {
    const { change, after } = act;
    if (end === undefined || !('table' in change) || change.table === undefined) continue;
    const table = end.find(after.qualify(change.table));
    if (table === 'absent' || table === 'unknown' || table.persistence === 'temporary' || table.partitionOf) continue;
    for (const key of table.constraints) {
      if (key.type !== 'foreign-key' || key.since.statement !== after.parts.moment.statement || seen.has(key)) continue;
      if (change.kind === 'add-constraint' && !isOf(change.constraint, key)) continue;
      seen.add(key);
      const place = change.kind === 'create-table' ? definitionOf(key.columns[0] ?? '', timeline.source, change.span) : undefined;
      yield { key, table, span: place ?? change.span, act, end };
    }
  }
}

/** One ALTER TABLE may add several. */
function isOf(constraint: Constraint, key: ForeignKey): boolean {
  return constraint.type === 'foreign-key' && String(constraint.columns) === String(key.columns);
}
