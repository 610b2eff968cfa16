// The files of a history from the first on that may be cured, as they would be written, and what would be found in them.

import { lint, type Examined, type Judgement } from '../../engine/lint.ts';
import type { Severity } from '../../model/finding.ts';
import { isAtLeast } from '../../model/finding.ts';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Directory } from '../../sources/disk/directory.ts';
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
  /** Of several migrations in it, those that cures have written, by their names. */
  readonly parts: ReadonlySet<string>;
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
  /** Other files that cures change, as they are then: by path below the root. */
  readonly beside: ReadonlyMap<string, string>;
}

/** What the run has told of a history, by the texts in which it stands. */
export function manuscriptOf(told: readonly Examined[], workshop: Workshop, judgement: Judgement): Manuscript {
  const linted = told.find(({ migration }) => migration.linted)?.migration.source;
  const first = told.findIndex(({ migration }) => migration.source === linted);
  const texts: Examined[][] = [];
  for (const examined of first < 0 ? [] : told.slice(first)) {
    const last = texts.at(-1);
    if (last?.[0]?.migration.source === examined.migration.source) last.push(examined);
    else texts.push([examined]);
  }
  const checked = texts.flatMap((examined): Checked[] => {
    const source = examined[0]?.migration.source;
    const isAsked = examined.some(({ migration }) => migration.linted);
    return source ? [{ document: { path: source.path, place: workshop.below(source.path), text: source.text, linted: isAsked, isMade: false, isMigration: true, parts: new Set() }, examined }] : [];
  });
  return { workshop, judgement, checked, beside: new Map() };
}

/** With these documents in the place of as many as `count` from `index` on, told once more from there on. */
export function rewritten(manuscript: Manuscript, index: number, count: number, documents: readonly Document[], beside = manuscript.beside): Manuscript {
  const { workshop, judgement, checked } = manuscript;
  const first = checked[index];
  const reached = first?.examined[0];
  if (first === undefined || reached === undefined) return manuscript;
  const all = [...documents, ...checked.slice(index + count).map(({ document }) => document)];
  const root = rootOf({ ...manuscript, beside }, [...checked.slice(0, index).map(({ document }) => document), ...all]);
  const known = new Map(checked.map((one) => [one.document, one.examined.map(({ migration }) => migration)]));
  const told = all.filter(({ isMigration }) => isMigration).map((document, place) => {
    return { document, migrations: known.get(document) ?? newIn(workshop.read(document, root), place === 0 ? first : undefined) };
  });
  const history = { ...reached.history, migrations: told.flatMap(({ migrations }) => migrations), reached: reached.reached, told: undefined, onHistoryTold: undefined };
  const examined = new Map<unknown, Examined>();
  lint([history], judgement, (one) => examined.set(one.migration, one));
  const again = all.map((document): Checked => {
    const migrations = told.find((one) => one.document === document)?.migrations ?? [];
    return { document, examined: migrations.flatMap((one) => examined.get(one) ?? []) };
  });
  return { workshop, judgement, checked: [...checked.slice(0, index), ...again], beside };
}

/** What is new in a document that holds several migrations is known for what cures have written. */
export function withParts(after: Manuscript, before: Manuscript, index: number): Manuscript {
  const old = new Set(before.checked[index]?.examined.map(({ migration }) => migration.name));
  const checked = after.checked.map((one, at): Checked => {
    const names = at === index ? one.examined.flatMap(({ migration: { name } }) => (name === undefined || old.has(name) ? [] : [name])) : [];
    return names.length === 0 ? one : { ...one, document: { ...one.document, parts: new Set([...one.document.parts, ...names]) } };
  });
  return { ...after, checked };
}

/** The root of the history, with all that cures have written. */
export function rootOf({ workshop, checked, beside }: Manuscript, documents = checked.map(({ document }) => document)): Directory {
  return workshop.rootWith(new Map([...beside, ...documents.map(({ place, text }) => [place, text] as const)]));
}

/** Of a file below the root, as it lies there. */
export function textAt(place: string, { workshop }: Manuscript): string {
  return textIn(workshop.rootWith(new Map()), place) ?? '';
}

/** Undefined where there is no such file. `place`: below the root, or `../x`. */
export function textIn(root: Directory, place: string): string | undefined {
  return folderIn(root, place).text(place.slice(place.lastIndexOf('/') + 1));
}

export function folderIn(root: Directory, place: string): Directory {
  const folder = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  return folder === '' ? root : root.below(folder);
}

/** Of several migrations in a text, those that were history stay so. */
function newIn(migrations: readonly ParsedMigration[], before: Checked | undefined): readonly ParsedMigration[] {
  const old = new Set(before?.examined.flatMap(({ migration: { linted, name } }) => (linted ? [] : [name])));
  return migrations.map((one) => (one.name !== undefined && old.has(one.name) ? { ...one, linted: false, isBesideNew: true } : one));
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
