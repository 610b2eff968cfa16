// REPLICA IDENTITY USING INDEX and CLUSTER ON with an index that does not serve for that.
// Source: ATExecReplicaIdentity() in src/backend/commands/tablecmds.c, check_index_is_clusterable() in src/backend/commands/cluster.c.

import type { ChangeOf } from '../model/change.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Index, Relation } from '../model/relation.ts';
import { firstOf, nameOf, refuse, whole, type RefusalFacts } from './facts.ts';

function unfit(code: string, message: string, help?: string): Impossibility {
  return refuse('impossible-action', code, message, help === undefined ? {} : { help });
}

/** 42809: "cannot use non-unique index as replica identity", "… because column is nullable". 0A000: expression, partial and non-immediate ones. */
export function replicaIdentityRefusal({ table, identity }: ChangeOf<'replica-identity'>, { before }: RefusalFacts): Impossibility | undefined {
  const found = whole(table, before);
  const index = identity.kind === 'index' ? found?.indexes.get(identity.index) : undefined;
  if (found === undefined || index === undefined) return undefined;
  const what = `The replica identity of ${nameOf(found)} can't be ${index.name}`;
  const nullable = index.columns.find((name) => found.columns.get(name)?.nullable);
  return firstOf(
    () => (index.unique ? undefined : unfit('42809', `${what}, which is not unique`)),
    () => (isDeferrable(index, found) ? unfit('0A000', `${what}, the index of a constraint that is DEFERRABLE`) : undefined),
    () => (index.expressions.length > 0 ? unfit('0A000', `${what}, which is over an expression`) : undefined),
    () => (index.predicate ? unfit('0A000', `${what}, which has a WHERE and does not hold all rows`) : undefined),
    () => (nullable === undefined ? undefined : unfit('42809', `${what}, because ${nullable} may hold NULL`, `Make ${nullable} NOT NULL first`)),
  );
}

function isDeferrable({ name }: Index, { constraints }: Relation): boolean {
  const found = constraints.get(name);
  return found !== undefined && 'deferrable' in found && found.type !== 'foreign-key' && found.deferrable;
}

/** 0A000: "cannot mark index clustered in partitioned table", "cannot cluster on partial index", "… access method does not support clustering". */
export function clusterOnRefusal({ table, byIndex: name }: ChangeOf<'cluster-on' | 'cluster'>, { before }: RefusalFacts): Impossibility | undefined {
  const found = table && whole(table, before);
  const index = name === undefined ? undefined : found?.indexes.get(name);
  if (found === undefined || index === undefined) return undefined;
  const what = `The rows of ${nameOf(found)} can't be put in the order of ${index.name}`;
  return firstOf(
    () => (unordered.has(index.method) ? unfit('0A000', `${what}: an index by ${index.method} has none`) : undefined),
    () => (index.predicate ? unfit('0A000', `${what}, which has a WHERE and does not hold all rows`) : undefined),
  );
}

const unordered: ReadonlySet<string> = new Set(['brin', 'gin', 'hash', 'spgist']);
