// What has the name of a table when the table is gone, and what it keeps of it.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { certainRuns } from '../model/statement.ts';
import type { Step, Timeline } from '../model/timeline.ts';

/**
 * Columns that it had and that what has its name now certainly has not; none where one of the two is not known. Names that the migration
 * itself has given are nobody's loss.
 */
export function columnsLost(name: QualifiedName, before: Catalog, outcome: Catalog, { steps: [first] }: Timeline): string[] {
  const [old, now] = [before.find(name), outcome.find(name)];
  if (typeof old === 'string' || typeof now === 'string') return [];
  const isOld = (column: string): boolean => first === undefined || first.before.column(name, column) !== 'absent';
  return [...old.columns.keys()].filter((column) => isOld(column) && outcome.column(name, column) === 'absent');
}

/** Something has its name, and all columns that it is known to have had. */
export function isKept(name: QualifiedName, before: Catalog, outcome: Catalog, timeline: Timeline): boolean {
  return typeof outcome.find(name) !== 'string' && columnsLost(name, before, outcome, timeline).length === 0;
}

export function isView({ kind }: Relation): boolean {
  return kind === 'view' || kind === 'materialized-view';
}

/**
 * Where the rows of a table are that a view has taken the name of: in what the view reads, because an earlier statement of the migration
 * has copied them there; perhaps there, because it may hold some; or nowhere.
 */
export function rowsBehind(view: Relation, name: QualifiedName, step: Step, timeline: Timeline): 'copied' | 'perhaps' | 'none' {
  const sources = view.reads.map(({ relation }) => relation);
  const earlier = timeline.steps.slice(0, timeline.steps.indexOf(step));
  const copies = earlier.flatMap((one) => copiesOf(name, one));
  if (sources.some((source) => copies.some((copy) => isSameName(copy, source)))) return 'copied';
  return sources.some((source) => mayHoldRows(source, step.before)) ? 'perhaps' : 'none';
}

/** Tables into which a statement certainly puts what it reads from another. */
function copiesOf(name: QualifiedName, { statement, before, acts }: Step): QualifiedName[] {
  const isIt = (other: QualifiedName): boolean => isSameName(other, name);
  const rows = certainRuns(statement).flatMap((run) => (run.kind === 'data' ? run.actions : [])).flatMap(({ target, rows: from }) => {
    return from.kind === 'given' && from.by.some((source) => isIt(before.qualify(source))) ? [before.qualify(target)] : [];
  });
  const tables = acts.flatMap(({ change, before: then }) => {
    const isCopy = change.kind === 'create-table' && change.query?.sources.some(({ relation }) => isIt(then.qualify(relation))) === true;
    return isCopy ? [then.creationName(change.table, change.persistence === 'temporary')] : [];
  });
  return [...rows, ...tables];
}

function mayHoldRows(name: QualifiedName, before: Catalog): boolean {
  const found = before.find(name);
  return found === 'unknown' || (found !== 'absent' && !before.isEmpty(name));
}
