// What has the name of a table when the table is gone, and what it keeps of it.

import type { Catalog } from '../model/catalog.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { isBefore } from '../model/step-links.ts';
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
  if (sources.some((source) => isCopyOf(name, source, step, timeline))) return 'copied';
  return sources.some((source) => mayHoldRows(source, step.before)) ? 'perhaps' : 'none';
}

/** A statement before the step certainly puts what it reads from the one table into the other, or makes the other of it. */
function isCopyOf(name: QualifiedName, copy: QualifiedName, step: Step, { acts, links }: Timeline): boolean {
  const isFilled = links.writingsOf(copy).some(({ step: other, action: { rows }, isInBlock }) => {
    return !isInBlock && isBefore(other, step) && rows.kind === 'given' && rows.by.some((source) => isSameName(other.before.qualify(source), name));
  });
  const made = acts.get('create-table') ?? [];
  return isFilled || made.some(({ change, before, step: other }) => {
    if (change.kind !== 'create-table' || !isBefore(other, step)) return false;
    const isIt = isSameName(before.creationName(change.table, change.persistence === 'temporary'), copy);
    return isIt && change.query?.sources.some(({ relation }) => isSameName(before.qualify(relation), name)) === true;
  });
}

function mayHoldRows(name: QualifiedName, before: Catalog): boolean {
  const found = before.find(name);
  return found === 'unknown' || (found !== 'absent' && !before.isEmpty(name));
}
