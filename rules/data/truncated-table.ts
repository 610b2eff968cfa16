// TRUNCATE of a table in use.

import { listSome, overMigration, printName, type Catalog, type Change, type QualifiedName, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'truncated-table',
  category: 'data',
  summary: 'TRUNCATE of an existing table',
  hazard: 'All of its rows are lost, and with CASCADE those of every table that refers to it',
  remedy: 'DELETE the rows that are meant, in batches; or keep a copy under another name until it is certain that nobody needs them',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      const tables = step.acts.flatMap(({ change, before }) => emptiedBy(change, before));
      if (tables.length > 0) yield { step, message: messageFor(tables, step) };
    }
  },
});

function emptiedBy(change: Change, before: Catalog): QualifiedName[] {
  if (change.kind !== 'truncate' || !before.isLive(change.table)) return [];
  return [before.qualify(change.table)];
}

function messageFor(tables: readonly QualifiedName[], { acts, before }: Step): string {
  const rows = `All rows of ${listSome(tables.map(printName))} are lost`;
  if (!acts.some(({ change }) => change.kind === 'truncate' && change.cascade)) return rows;
  const names = tables.map(printName);
  const others = referring(tables, before).map(printName).filter((name) => !names.includes(name));
  const isKnown = tables.every((table) => {
    const relation = before.find(table);
    return typeof relation !== 'string' && relation.complete;
  });
  if (others.length > 0) return `${rows}; CASCADE empties ${listSome(others)} as well`;
  return isKnown ? rows : `${rows}; CASCADE empties every table that refers to it as well`;
}

/** Tables with foreign keys to these, to those, and so on. */
function referring(tables: readonly QualifiedName[], catalog: Catalog): QualifiedName[] {
  const found: QualifiedName[] = [];
  const pending = [...tables];
  for (const table of pending) {
    const relation = catalog.find(table);
    if (typeof relation === 'string') continue;
    for (const other of relation.referencedBy) {
      if (found.some((name) => printName(name) === printName(other))) continue;
      found.push(other);
      pending.push(other);
    }
  }
  return found;
}
