// Tables, columns, constraints and indexes that earlier migrations have dropped or renamed, or never made.

import { overMigration, printName, type Act, type Catalog, type Change, type Relation, type RelationName } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-object',
  category: 'failing',
  summary: 'A statement names a table, column, constraint or index that is not there any more, or never was',
  hazard: 'The migration fails with "does not exist"',
  remedy: 'Correct the name, or make what it names before this statement',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps.filter(({ statement }) => !statement.isConditional)) {
      const told = new Set<string>();
      for (const act of step.statement.kind === 'block' || step.statement.called ? [] : step.acts) {
        const missing = isOptional(act.change) ? undefined : missingIn(act);
        if (missing === undefined || told.has(missing)) continue;
        told.add(missing);
        yield { step, span: act.change.span, message: missing };
      }
      if (step.statement.kind !== 'data') continue;
      for (const { target } of step.statement.actions) {
        if (step.before.find(target) === 'absent') yield { step, message: gone(target, step.before) };
      }
    }
  },
});

function isOptional(change: Change): boolean {
  return change.onlyIf !== undefined || ('ifExists' in change && change.ifExists);
}

function missingIn({ change, before }: Act): string | undefined {
  if (change.kind === 'drop-index') {
    return before.tableOfIndex(change.index) === 'absent' ? gone(change.index, before) : undefined;
  }
  if (!('table' in change) || change.table === undefined || change.kind === 'create-table') return undefined;
  const table = before.find(change.table);
  if (table === 'absent') return gone(change.table, before);
  return table === 'unknown' ? undefined : missingPart(change, table, before);
}

function gone(name: RelationName, before: Catalog): string {
  return `${printName(before.qualify(name))} is not there: an earlier statement has dropped or renamed it`;
}

function missingPart(change: Change, table: Relation, before: Catalog): string | undefined {
  const column = columnsOf(change).find((name) => before.column(table.name, name) === 'absent' && !systemColumns.has(name));
  return column === undefined ? undefined : `${printName(table.name)} has no column ${column}`;
}

/** Columns that have to be there. */
function columnsOf(change: Change): readonly string[] {
  if (change.kind === 'create-index') return [...change.index.columns, ...change.index.included];
  if (change.kind === 'add-constraint') return change.constraint.type === 'check' ? [] : change.constraint.columns;
  return 'column' in change && typeof change.column === 'string' ? [change.column] : [];
}

const systemColumns: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
