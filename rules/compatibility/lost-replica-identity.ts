// A published table of which subscribers can't find the rows any more.

import { isSameName, list, overMigration, outcomeOf, printName, type Act, type Catalog, type Relation } from '../../src/rule/index.ts';

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
        const outcome = outcomeOf({ step, ...act }, timeline);
        const lost = tablesThatLose(act, outcome);
        if (lost.length > 0) yield { step, span: act.change.span, message: messageFor(lost, act, outcome), effects: act.effects };
      }
    }
  },
});

const mayLose: ReadonlySet<Act['change']['kind']> = new Set<Act['change']['kind']>([
  'drop-column',
  'drop-constraint',
  'drop-index',
  'replica-identity',
  'set-persistence',
  'create-publication',
  'alter-publication',
]);

function tablesThatLose(act: Act, outcome: Catalog): Relation[] {
  const { before, after } = act;
  return touchedBy(act).filter(
    (relation) => before.isInUse(relation) && isStuck(relation, after) && !isStuck(relation, before) && isStuck(relation, outcome),
  );
}

/** A publication may have any table. */
function touchedBy({ change, before }: Act): Relation[] {
  if (change.kind === 'create-publication' || change.kind === 'alter-publication') return before.relationsIn(undefined);
  const table = change.kind === 'drop-index' ? before.tableOfIndex(change.index) : 'table' in change ? change.table : undefined;
  const relation = typeof table === 'object' ? before.find(table) : 'unknown';
  return typeof relation === 'string' ? [] : [relation, ...before.descendants(relation.name)];
}

/** Nothing says which row an UPDATE means, and somebody must be told. A partitioned table has no rows: its partitions are asked. */
function isStuck({ name }: Relation, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (typeof relation === 'string' || relation.kind !== 'table' || relation.persistence !== 'permanent') return false;
  return !hasIdentity(relation) && (isPublished(relation, catalog) || relation.replicaIdentity.kind === 'index');
}

function hasIdentity({ replicaIdentity, constraints, indexes, complete }: Relation): boolean {
  if (replicaIdentity.kind === 'index') return !complete || indexes.some(({ name }) => name === replicaIdentity.index);
  if (replicaIdentity.kind !== 'default') return replicaIdentity.kind === 'full';
  return !complete || constraints.some(({ type }) => type === 'primary-key');
}

/** What has a partitioned table has its partitions. */
function isPublished(relation: Relation, catalog: Catalog): boolean {
  const names = [relation, ...catalog.partitionedAbove(relation.name)].map(({ name }) => name);
  return [...catalog.parts.publications.entries()].some(([, { everything, schemas, tables, findsRows }]) => {
    const isIn = everything || names.some((name) => schemas.includes(name.schema) || tables.some((table) => isSameName(table, name)));
    return findsRows && isIn;
  });
}

/** Where a statement is about a whole partitioned table, its name stands for those of its partitions. */
function messageFor(lost: readonly Relation[], act: Act, outcome: Catalog): string {
  const touched = new Set(touchedBy(act));
  const named = lost.map((relation) => act.before.partitionedAbove(relation.name).findLast((above) => touched.has(above)) ?? relation);
  const tables = list([...new Set(named)].map(({ name }) => printName(name)));
  const isSure = lost.some((relation) => isPublished(relation, outcome));
  return `UPDATE and DELETE on ${tables} fail from here on${isSure ? '' : ', if a publication has it'}: nothing tells subscribers which row is meant`;
}
