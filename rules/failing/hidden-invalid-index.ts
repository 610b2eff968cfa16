// An index that a failed build left, and IF NOT EXISTS, which takes it for the real one.

import { isSameName, overMigration, type Act } from '../../src/rule/index.ts';

export default overMigration({
  id: 'hidden-invalid-index',
  category: 'failing',
  summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS succeeds over the INVALID index that a failed run left',
  hazard: 'The second run of the migration does nothing: the index is never built, and still costs every write',
  remedy: 'Say DROP INDEX CONCURRENTLY IF EXISTS before it, in a statement of its own; or leave IF NOT EXISTS out',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps, isOneMessage }) {
    const dropped: Name[] = [];
    for (const step of steps) {
      for (const act of step.acts) {
        const { change, before } = act;
        if (change.kind === 'drop-index') dropped.push(before.qualifyIndex(change.index));
        const name = hiddenBy(act);
        const isDropped = name !== undefined && (dropped.some((one) => isSameName(one, name)) || (isOneMessage && before.tableOfIndex(name) === 'absent'));
        if (name === undefined || isDropped) continue;
        const message = `If a run fails while it builds ${name.name}, the next one takes the INVALID index that is left for it, and builds nothing`;
        yield isOneMessage ? { step, span: change.span, message, help: ofItsOwn } : { step, span: change.span, message };
      }
    }
  },
});

/** Where the DROP would make the build refuse to run. */
const ofItsOwn =
  'Leave IF NOT EXISTS out, and the next run says that the index is there; or say DROP INDEX CONCURRENTLY IF EXISTS in a file of its own before this one: ' +
  'the tool sends a file as one message, and PostgreSQL refuses both in one';

type Name = ReturnType<Act['before']['qualify']>;

/** The name of the index, where one that was left may be taken for it. */
function hiddenBy({ change, before }: Act): Name | undefined {
  if (change.kind !== 'create-index' || !change.concurrently || !change.ifNotExists) return undefined;
  const { table, index } = change;
  if (!before.isLive(table) || before.isPartitioned(table)) return undefined;
  const name = { schema: before.qualify(table).schema, name: index.name ?? '' };
  return typeof before.tableOfIndex(name) === 'string' ? name : undefined;
}
