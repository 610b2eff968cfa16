// What an effect is computed from, and the small words that the table of effects is written in.

import type { Catalog } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { Assumption } from '../model/assumption.ts';
import { doubtOf, type Effect, type RewriteCause, type Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';

export interface Facts {
  readonly catalog: Catalog;
  readonly version: PostgresVersion;
  /** That the session has set; undefined where only the server knows it. */
  readonly timeZone: string | undefined;
  /** Another action of the statement has the table rewritten. */
  readonly isRewritten?: boolean;
}

export interface WorkFacts {
  readonly work: readonly Work[];
  /** What decides, and history does not show. */
  readonly assumption?: Assumption | undefined;
  readonly because?: RewriteCause;
  readonly isIdle?: boolean;
}

const nothing: WorkFacts = { work: [] };

const systemSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema']);

/** A lock on one relation; none where history shows that it is gone. PostgreSQL's own catalogs are not spoken of. */
export function lock(
  name: RelationName,
  mode: LockMode,
  { catalog }: Facts,
  { work, assumption, because, isIdle }: WorkFacts = nothing,
): Effect[] {
  const found = catalog.find(name);
  if (found === 'absent') return [];
  const relation = found === 'unknown' ? undefined : found;
  const qualified = relation?.name ?? catalog.qualify(name);
  if (systemSchemas.has(qualified.schema)) return [];
  const effect = {
    relation: qualified,
    lock: mode,
    work: relation?.kind === 'foreign-table' ? work.filter((one) => one === 'write') : work,
    new: !catalog.isInUse(found),
    ...doubtOf(assumption),
    ...(because ? { because } : {}),
    ...(isIdle ? { isIdle } : {}),
  };
  // REFRESH tells as well as the history.
  const isMaterializedView = relation?.kind === 'materialized-view' || work.includes('refresh');
  return [isMaterializedView ? { ...effect, isReadOnly: true } : effect];
}

/** Its rows are elsewhere, and PostgreSQL takes what is said of them on trust. */
export function isForeignTable(name: RelationName, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  return typeof relation !== 'string' && relation.kind === 'foreign-table';
}

/** The same lock on a table and on all partitions and children below it. The work is done where rows are: not on a partitioned table. */
export function lockTree(name: RelationName, mode: LockMode, facts: Facts, work: WorkFacts = nothing): Effect[] {
  const effects: Effect[] = [];
  for (const relation of treeOf(name, facts)) {
    const own = holdsRows(relation, facts) ? work : nothing;
    effects.push(...lock(relation, mode, facts, relation === name ? own : { assumption: doubtAboutParts(relation, facts), ...own }));
  }
  return effects;
}

/** A lock on the table alone, or on its tree, as ALTER TABLE ONLY says. */
export function lockUnlessOnly(
  name: RelationName,
  only: boolean,
  mode: LockMode,
  facts: Facts,
  work: WorkFacts = nothing,
): Effect[] {
  return only ? lock(name, mode, facts, holdsRows(name, facts) ? work : nothing) : lockTree(name, mode, facts, work);
}

/** The same lock on a partitioned table and its partitions; tables that inherit in the old way are left alone. */
export function lockPartitions(
  name: RelationName,
  only: boolean,
  mode: LockMode,
  facts: Facts,
  work: WorkFacts = nothing,
): Effect[] {
  return lockUnlessOnly(name, only || !facts.catalog.isPartitioned(name), mode, facts, work);
}

/** What PostgreSQL does to a table and never to those below it: a partitioned table has no rows for it. */
export function lockAlone(name: RelationName, mode: LockMode, facts: Facts, work: WorkFacts): Effect[] {
  return lock(name, mode, facts, facts.catalog.isPartitioned(name) ? nothing : work);
}

/** A table with all partitions and children below it. */
export function treeOf(name: RelationName, { catalog }: Facts): RelationName[] {
  return [name, ...catalog.descendants(name).map((relation) => relation.name)];
}

/** A partitioned table whose partitions are not in the history stands for their rows; one that is new has none. */
export function holdsRows(name: RelationName, { catalog }: Facts): boolean {
  const relation = catalog.find(name);
  if (relation === 'absent' || relation === 'unknown' || relation.kind !== 'partitioned-table') return true;
  return relation.children.length === 0 && !catalog.isNew(name);
}

/** The relation, where history shows it. */
export function known(name: RelationName, { catalog }: Facts): Relation | undefined {
  const relation = catalog.find(name);
  return relation === 'absent' || relation === 'unknown' ? undefined : relation;
}

/** Is it a part of another table, or does it refer to one, in code alone that may not have run? */
export function doubtAboutParts(name: RelationName, facts: Facts): Assumption | undefined {
  const relation = known(name, facts);
  return relation?.doubt === 'parts' ? { kind: 'constraints', table: relation.name } : doubtAboutExistence(name, facts);
}

/** Did code make it, or drop it, that may not have run? */
export function doubtAboutExistence(name: RelationName, facts: Facts): Assumption | undefined {
  const relation = known(name, facts);
  return relation?.doubt === 'existence' ? { kind: 'existence', relation: relation.name } : undefined;
}

/** Known as it is where nothing is assumed of it. */
export function assumedIf(assumption: Assumption | undefined, effect: Effect): Effect {
  return assumption === undefined || effect.certainty === 'assumed' ? effect : Object.assign({}, effect, doubtOf(assumption));
}

/** The default partition of a partitioned table. */
export function defaultPartition(parent: RelationName, facts: Facts): RelationName[] {
  const named = known(parent, facts)?.defaultPartitions.values() ?? [];
  return named.filter((child) => known(child, facts)?.partitionOf?.bound.kind === 'default');
}
