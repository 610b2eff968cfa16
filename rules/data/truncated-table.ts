// TRUNCATE of a table in use.

import { certainRuns, isSameName, listSome, overMigration, printName, type Catalog, type Change, type QualifiedName, type RelationName, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'truncated-table',
  category: 'data',
  summary: 'TRUNCATE of an existing table',
  hazard: 'All of its rows are lost, and with CASCADE those of every table that refers to it',
  remedy: 'DELETE the rows that are meant, in batches; or keep a copy under another name until it is certain that nobody needs them',
  severity: 'warning',
  since: '0.1.0',
  *check({ steps, source }) {
    for (const [index, step] of steps.entries()) {
      const tables = step.acts.flatMap(({ change, before }) => emptiedBy(change, before));
      const refills = tables.map((table) => steps.slice(index).find((later) => fills(later, table) && lasts(later, table, steps)));
      const lost = tables.filter((_, place) => refills[place] === undefined);
      const others = emptiedAlong(tables, step);
      if (tables.length === 0) continue;
      if (lost.length > 0) yield { step, message: [`All rows of ${listSome(lost.map(printName))} are lost`, ...others].join('; ') };
      else {
        const { line } = source.positionOf(refills[0]?.statement.span.start ?? 0);
        const message = [`All rows of ${listSome(tables.map(printName))} give way to those that line ${line} puts in`, ...others].join('; ');
        yield others.length > 0 ? { step, message } : { step, message, atMost: 'info' };
      }
    }
  },
});

function emptiedBy(change: Change, before: Catalog): QualifiedName[] {
  if (change.kind !== 'truncate' || !before.isLive(change.table)) return [];
  return [before.qualify(change.table)];
}

/** It puts rows into the table, for certain. */
function fills({ statement, before }: Step, table: QualifiedName): boolean {
  return certainRuns(statement).some(
    (run) => run.kind === 'data' && run.actions.some(({ verb, target }) => fillers.has(verb) && isSameName(before.qualify(target), table)),
  );
}

/** What it puts in is neither rolled back nor taken out again. */
function lasts(fill: Step, table: QualifiedName, steps: readonly Step[]): boolean {
  const later = steps.slice(steps.indexOf(fill) + 1);
  const end = later.find(({ statement }) => statement.kind === 'transaction' && endings.has(statement.action.kind));
  const isUndone = fill.session.transaction !== undefined && end?.statement.kind === 'transaction' && undoing.has(end.statement.action.kind);
  return !isUndone && !later.some((step) => empties(step, table));
}

const undoing: ReadonlySet<string> = new Set(['rollback', 'rollback-to']);
const endings: ReadonlySet<string> = new Set([...undoing, 'commit', 'prepare']);

function empties({ statement, acts, before }: Step, table: QualifiedName): boolean {
  const isIt = (name: RelationName, then: Catalog): boolean => isSameName(then.qualify(name), table);
  const isGone = acts.some(({ change, before: then }) => (change.kind === 'truncate' || change.kind === 'drop-table') && isIt(change.table, then));
  const isDeleted = statement.kind === 'data' && statement.actions.some(({ verb, rows, target }) => verb === 'delete' && rows.kind === 'all' && isIt(target, before));
  return isGone || isDeleted;
}

const fillers: ReadonlySet<string> = new Set(['insert', 'copy', 'merge']);

/** What CASCADE empties, in words; nothing where there is no such. */
function emptiedAlong(tables: readonly QualifiedName[], { acts, before }: Step): string[] {
  if (!acts.some(({ change }) => change.kind === 'truncate' && change.cascade)) return [];
  const names = tables.map(printName);
  const others = referring(tables, before).map(printName).filter((name) => !names.includes(name));
  const isKnown = tables.every((table) => {
    const relation = before.find(table);
    return typeof relation !== 'string' && relation.complete;
  });
  if (others.length > 0) return [`CASCADE empties ${listSome(others)} as well`];
  return isKnown ? [] : ['CASCADE empties every table that refers to it as well'];
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
