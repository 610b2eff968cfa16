// The files of a history from the first on that may be cured, as they would be written, and what would be found in them.

import { lint, type Examined, type Judgement } from '../../engine/lint.ts';
import type { Severity } from '../../model/finding.ts';
import { isAtLeast } from '../../model/finding.ts';
import type { Workshop } from './workshop.ts';

export interface Document {
  /** As reports show it. */
  readonly path: string;
  /** Below the root of the history. */
  readonly place: string;
  readonly text: string;
  readonly linted: boolean;
  /** A cure has written it. */
  readonly isMade: boolean;
  /** It is cured: what lies beside it can be seen by nobody but its tool. */
  readonly isMigration: boolean;
}

/** A document, and what is found in it. */
export interface Checked {
  readonly document: Document;
  readonly examined: readonly Examined[];
}

/** From the first linted document of a history on. */
export interface Manuscript {
  readonly workshop: Workshop;
  readonly judgement: Judgement;
  readonly checked: readonly Checked[];
}

/** What the run has told of a history, by the texts in which it stands. */
export function manuscriptOf(told: readonly Examined[], workshop: Workshop, judgement: Judgement): Manuscript {
  const first = told.findIndex(({ migration }) => migration.linted);
  const checked: { document: Document; examined: Examined[] }[] = [];
  for (const examined of first < 0 ? [] : told.slice(first)) {
    const { source, linted } = examined.migration;
    const last = checked.at(-1);
    if (last?.examined[0]?.migration.source === source) last.examined.push(examined);
    else checked.push({ document: { path: source.path, place: workshop.below(source.path), text: source.text, linted, isMade: false, isMigration: true }, examined: [examined] });
  }
  return { workshop, judgement, checked };
}

/** With these documents in the place of as many as `count` from `index` on, told once more from there on. */
export function rewritten({ workshop, judgement, checked }: Manuscript, index: number, count: number, documents: readonly Document[]): Manuscript {
  const reached = checked[index]?.examined[0];
  if (reached === undefined) return { workshop, judgement, checked };
  const all = [...documents, ...checked.slice(index + count).map(({ document }) => document)];
  const told = all.filter(({ isMigration }) => isMigration).map((document) => ({ document, migrations: workshop.read(document.path, document.text, document.linted) }));
  const history = { ...reached.history, migrations: told.flatMap(({ migrations }) => migrations), reached: reached.reached, told: undefined, onHistoryTold: undefined };
  const examined = new Map<unknown, Examined>();
  lint([history], judgement, (one) => examined.set(one.migration, one));
  const again = all.map((document): Checked => {
    const migrations = told.find((one) => one.document === document)?.migrations ?? [];
    return { document, examined: migrations.flatMap((one) => examined.get(one) ?? []) };
  });
  return { workshop, judgement, checked: [...checked.slice(0, index), ...again] };
}

/** How often each rule speaks at or above a severity, from a document on; what is suppressed does not count. */
export function countFrom({ checked }: Manuscript, index: number, severity: Severity): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { found } of checked.slice(index).flatMap(({ examined }) => examined)) {
    for (const { finding, suppression } of found) {
      if (suppression === undefined && isAtLeast(finding.severity, severity)) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
    }
  }
  return counts;
}
