// A column becomes NOT NULL without a value of its own, while running code does not give it one.

import { onChange, outcomeOf, printName, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

type Stricter = ChangeOf<'drop-default' | 'drop-identity' | 'drop-expression' | 'set-not-null' | 'add-constraint'>;

export default onChange({
  id: 'stricter-constraint',
  category: 'compatibility',
  summary: 'A column can no longer be left out of an INSERT, while running code may still do so',
  hazard: 'Every INSERT of running code that gives the column no value fails',
  remedy: 'First deploy code that writes the column; take the default away, or demand a value, in a later migration',
  severity: 'warning',
  since: '0.1.0',
  on: ['drop-default', 'drop-identity', 'drop-expression', 'set-not-null', 'add-constraint'],
  when: (change, context) => context.before.isLive(change.table) && columnOf(change, context) !== undefined,
  message: (change, context) => {
    const { before } = context;
    const column = columnOf(change, context) ?? '';
    const table = printName(before.qualify(change.table));
    return before.isNewColumn(change.table, column)
      ? `Running code does not know ${column} yet, so all its INSERTs into ${table} fail: the column is NOT NULL and has no default`
      : `Running code that leaves ${column} out of its INSERTs into ${table} fails: the column is NOT NULL and has no default any more`;
  },
});

/** The column that is given a value by nobody, when the transaction ends, and was before, or was not there. */
function columnOf(change: Stricter, context: ChangeContext): string | undefined {
  return candidates(change, context).find((column) => isDemanded(change, column, context));
}

/** Whether running code gives a value to a column that it knows can't be told, so NOT NULL is judged for new columns alone. */
function candidates(change: Stricter, { before }: ChangeContext): readonly string[] {
  if (change.kind === 'set-not-null') {
    const isRefused = before.emptySince(change.table, change.column) !== undefined;
    return before.isNewColumn(change.table, change.column) && !isRefused ? [change.column] : [];
  }
  if (change.kind !== 'add-constraint') return [change.column];
  if (change.constraint.type !== 'check') return [];
  return change.constraint.expression.provesNotNull.filter((column) => before.isNewColumn(change.table, column));
}

function isDemanded(change: Stricter, column: string, context: ChangeContext): boolean {
  const { before } = context;
  const outcome = outcomeOf(context, context.timeline);
  const name = before.qualify(change.table);
  const [now, relation] = [outcome.column(name, column), outcome.find(name)];
  if (typeof now === 'string' || typeof relation === 'string') return false;
  const hasTrigger = relation.triggers !== 'unknown' && [...relation.triggers.values()].some(({ level }) => level === 'row');
  const isGiven = now.hasDefault || now.identity || now.generated !== undefined || hasTrigger;
  return !isGiven && (!now.nullable || change.kind === 'add-constraint');
}
