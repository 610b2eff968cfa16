// A published table of which subscribers can't find the rows any more.

import { list, overMigration, outcomeOf, printName, type Act, type Catalog, type Relation } from '../../src/rule/index.ts';

export default overMigration({
  id: 'lost-replica-identity',
  category: 'compatibility',
  summary: 'A table that is replicated loses the key by which subscribers find its rows',
  hazard: 'Every UPDATE and DELETE on it fails with "does not have a replica identity and publishes updates"',
  remedy: 'In the same transaction, give it another one: a primary key, or REPLICA IDENTITY USING INDEX with a unique index on NOT NULL columns',
  severity: 'error',
  since: '0.1.0',
  *check(timeline) {
    for (const step of timeline.steps) {
      for (const act of step.acts.filter(({ change }) => mayLose.has(change.kind))) {
        const outcome = outcomeOf(step, timeline);
        const lost = tablesThatLose(act, outcome);
        if (lost.length > 0) yield { step, span: act.change.span, message: messageFor(lost, outcome), effects: act.effects };
      }
    }
  },
});

const mayLose: ReadonlySet<Act['change']['kind']> = new Set<Act['change']['kind']>([
  'drop-column',
  'drop-constraint',
  'drop-index',
  'replica-identity',
  'create-publication',
  'alter-publication',
]);

/** Those of a partitioned table stand for its partitions. */
function tablesThatLose(act: Act, outcome: Catalog): Relation[] {
  const { before, after } = act;
  return touchedBy(act).filter((relation) => {
    const isLost = before.isInUse(relation) && relation.partitionOf === undefined && isStuck(relation.name, after);
    return isLost && !isStuck(relation.name, before) && isStuck(relation.name, outcome);
  });
}

/** A publication may have any table. */
function touchedBy({ change, before }: Act): Relation[] {
  if (change.kind === 'create-publication' || change.kind === 'alter-publication') return before.relationsIn(undefined);
  const table = change.kind === 'drop-index' ? before.tableOfIndex(change.index) : 'table' in change ? change.table : undefined;
  const relation = typeof table === 'object' ? before.find(table) : 'unknown';
  return typeof relation === 'string' ? [] : [relation, ...before.descendants(relation.name)];
}

/** Nothing says which row an UPDATE means, and somebody must be told. */
function isStuck(name: Relation['name'], catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (relation === 'absent' || relation === 'unknown' || relation.kind === 'view' || relation.persistence !== 'permanent') return false;
  return !hasIdentity(relation) && (isPublished(relation, catalog) || relation.replicaIdentity.kind === 'index');
}

function hasIdentity({ replicaIdentity, constraints, indexes, complete }: Relation): boolean {
  if (replicaIdentity.kind === 'index') return !complete || indexes.some(({ name }) => name === replicaIdentity.index);
  if (replicaIdentity.kind !== 'default') return replicaIdentity.kind === 'full';
  return !complete || constraints.some(({ type }) => type === 'primary-key');
}

function isPublished({ name }: Relation, { parts }: Catalog): boolean {
  return [...parts.publications.entries()].some(([, { everything, schemas, tables, findsRows }]) => {
    const isIn = everything || schemas.includes(name.schema) || tables.some((table) => printName(table) === printName(name));
    return findsRows && isIn;
  });
}

function messageFor(lost: readonly Relation[], outcome: Catalog): string {
  const tables = list(lost.map(({ name }) => printName(name)));
  const isSure = lost.some((relation) => isPublished(relation, outcome));
  return `UPDATE and DELETE on ${tables} fail from here on${isSure ? '' : ', if a publication has it'}: nothing tells subscribers which row is meant`;
}
