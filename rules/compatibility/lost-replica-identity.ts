// A published table of which subscribers can't find the rows any more.

import { isPublished, list, losingIdentity, outcomeOf, overMigration, printName, relationsOf, type Act, type Catalog, type Relation } from '../../src/rule/index.ts';

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
        const lost = losingIdentity(act, outcome);
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

/** Where a statement is about a whole partitioned table, its name stands for those of its partitions. */
function messageFor(lost: readonly Relation[], act: Act, outcome: Catalog): string {
  const touched = new Set(relationsOf(act));
  const named = lost.map((relation) => act.before.partitionedAbove(relation.name).findLast((above) => touched.has(above)) ?? relation);
  const tables = list([...new Set(named)].map(({ name }) => printName(name)));
  const isSure = lost.some((relation) => isPublished(relation, outcome));
  return `UPDATE and DELETE on ${tables} fail from here on${isSure ? '' : ', if a publication has it'}: nothing tells subscribers which row is meant`;
}
