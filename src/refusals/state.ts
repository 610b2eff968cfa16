// What the state of an object does not allow: a materialized view without a unique index, a table that others refer to.

import type { ChangeOf } from '../model/change.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Relation } from '../model/relation.ts';
import { firstOf, kindWords, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';

/** Source: ExecRefreshMatView() and is_usable_unique_index() in src/backend/commands/matview.c. */
export function refreshRefusal({ view, concurrently, withData }: ChangeOf<'refresh'>, { before }: RefusalFacts): Impossibility | undefined {
  const found = shown(view, before);
  if (found === undefined) return undefined;
  return firstOf(
    () => (found.kind === 'materialized-view' ? undefined : notMaterialized(found)),
    () => (concurrently && !withData ? refuse('impossible-action', '42601', 'REFRESH MATERIALIZED VIEW CONCURRENTLY can’t be WITH NO DATA') : undefined),
    () => (concurrently && !found.written ? unpopulated(found) : undefined),
    () => (concurrently ? withoutKey(found) : undefined),
  );
}

function notMaterialized(found: Relation): Impossibility {
  const code = found.kind === 'table' || found.kind === 'partitioned-table' ? '0A000' : '42809';
  return refuse('impossible-action', code, `${nameOf(found)} is ${kindWords[found.kind]}, and REFRESH is for materialized views`);
}

/** 0A000: "CONCURRENTLY cannot be used when the materialized view is not populated". */
function unpopulated(view: Relation): Impossibility {
  return refuse('impossible-action', '0A000', `${nameOf(view)} holds no data yet, and can't be refreshed CONCURRENTLY`, {
    help: 'Refresh it once without CONCURRENTLY: nobody can read it before that',
  });
}

/** 55000: "cannot refresh materialized view concurrently". Indexes of a materialized view are all in the history that made it. */
function withoutKey(view: Relation): Impossibility | undefined {
  const isUsable = view.indexes.some(
    ({ unique, valid, predicate, expressions }) => unique && valid && predicate === undefined && expressions.length === 0,
  );
  if (isUsable) return undefined;
  return refuse('impossible-action', '55000', `${nameOf(view)} has no unique index over plain columns, and can't be refreshed CONCURRENTLY`, {
    help: 'Make a unique index on it first, without WHERE and over columns alone; until then, refresh it without CONCURRENTLY',
  });
}

/** 0A000: "cannot truncate a table referenced in a foreign key constraint". Source: heap_truncate_check_FKs() in src/backend/catalog/heap.c. */
export function truncateRefusal({ table, only, cascade }: ChangeOf<'truncate'>, { before, beside }: RefusalFacts): Impossibility | undefined {
  const parent = only ? shown(table, before) : undefined;
  if (parent?.kind === 'partitioned-table') return refuse('impossible-action', '42809', `${nameOf(parent)} is partitioned, and holds no rows that TRUNCATE ONLY could take`, { help: 'Leave out ONLY, or truncate a partition' });
  const found = cascade ? undefined : whole(table, before);
  if (found === undefined) return undefined;
  const truncated = beside.flatMap((change) => (change.kind === 'truncate' ? [before.qualify(change.table), ...before.descendants(change.table).map(({ name }) => name)] : []));
  const targets = [found, ...before.partitionedAbove(found.name)];
  for (const target of targets) {
    const other = target.referencedBy.values().find((name) => !truncated.some((one) => isSameName(one, name)) && refersTo(name, target.name, before));
    if (other === undefined) continue;
    return refuse('impossible-action', '0A000', `${printName(other)} has a foreign key to ${nameOf(target)}: ${nameOf(found)} can't be truncated alone`, {
      help: `Truncate ${printName(other)} in the same statement, or say CASCADE, which empties it as well`,
    });
  }
  return undefined;
}

function refersTo(name: QualifiedName, target: QualifiedName, catalog: RefusalFacts['before']): boolean {
  return whole(name, catalog)?.constraints.some((one) => one.type === 'foreign-key' && one.enforced && isSameName(one.references, target)) === true;
}

/** 0A000. Source: RemoveRelations() in src/backend/commands/tablecmds.c. */
export function dropIndexRefusal({ index, concurrently, cascade }: ChangeOf<'drop-index'>, { before, beside }: RefusalFacts): Impossibility | undefined {
  const [first] = beside;
  if (!concurrently || first?.kind !== 'drop-index' || first.index !== index) return undefined;
  if (beside.length > 1) return refuse('impossible-action', '0A000', 'DROP INDEX CONCURRENTLY drops one index in a statement, and not several');
  return cascade ? refuse('impossible-action', '0A000', `DROP INDEX CONCURRENTLY of ${printName(before.qualifyIndex(index))} can't CASCADE`) : undefined;
}

/** 0A000: "cannot change ownership of identity sequence". Source: process_owned_by() in src/backend/commands/sequence.c. */
export function ownSequenceRefusal({ sequence }: ChangeOf<'own-sequence'>, { before }: RefusalFacts): Impossibility | undefined {
  const found = shown(sequence, before);
  const owner = found?.kind === 'sequence' ? found.ownedBy : undefined;
  if (!found || !owner?.isPart || whole(owner.table, before) === undefined) return undefined;
  return refuse('impossible-action', '0A000', `${nameOf(found)} is the sequence of ${owner.column} of ${printName(owner.table)}, an identity column, and can't be owned by another`);
}

/** 55000: "cannot attach index as a partition of index". Source: ATExecAttachPartitionIdx() in src/backend/commands/tablecmds.c. */
export function attachIndexRefusal({ index, partition }: ChangeOf<'attach-index-partition'>, { before }: RefusalFacts): Impossibility | undefined {
  const [above, below] = [index, partition].map((name) => {
    const table = before.tableOfIndex(name);
    return typeof table === 'string' ? undefined : whole(table, before);
  });
  const own = below?.indexes.get(partition.name);
  if (!above?.indexes.has(index.name) || !below || !own) return undefined;
  if (above.kind !== 'partitioned-table') return refuse('impossible-action', '42809', `${nameOf(above)} is ${kindWords[above.kind]}, and ${index.name} has no parts`);
  const words = `${own.name} of ${nameOf(below)}`;
  if (own.partOf === index.name) return undefined;
  if (own.partOf !== undefined) return refuse('impossible-action', '55000', `${words} is a part of ${own.partOf} already, and can't be one of ${index.name}`);
  const isPartition = below.partitionOf !== undefined && isSameName(below.partitionOf.parent, above.name);
  if (!isPartition) return refuse('impossible-action', '55000', `${nameOf(below)} is no partition of ${nameOf(above)}: ${words} can't be a part of ${index.name}`);
  const other = below.indexes.find(({ partOf }) => partOf === index.name);
  return other && refuse('impossible-action', '55000', `${index.name} has its part in ${nameOf(below)} already, ${other.name}`);
}

/** 42601: "cannot have multiple SET TABLESPACE subcommands". Source: ATPrepSetTableSpace() in src/backend/commands/tablecmds.c. */
export function setTablespaceRefusal(change: ChangeOf<'set-tablespace'>, { beside }: RefusalFacts): Impossibility | undefined {
  const [first] = beside.filter(({ kind }) => kind === 'set-tablespace');
  if (first === change) return undefined;
  return refuse('impossible-action', '42601', 'One ALTER TABLE can move a table to one tablespace, and not to several', { phase: 'preparation', help: 'Say SET TABLESPACE once' });
}
