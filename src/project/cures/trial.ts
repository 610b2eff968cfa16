// A cure is tried before it is offered: what it writes is read, told and judged, and has to be better than what was there.

import { ailmentOf, cureOf, edited } from '../../cure/index.ts';
import type { Cure, Edit, Withheld } from '../../model/cure.ts';
import type { SettledFinding } from '../../engine/settle.ts';
import type { Examined } from '../../engine/lint.ts';
import type { NewFile } from '../../sources/frameworks/authoring/authoring.ts';
import { nameOf } from '../../sources/frameworks/files/places.ts';
import { countFrom, rewritten, type Document, type Manuscript } from './documents.ts';

/** A cure that was tried. */
export interface Offer {
  readonly cure: Cure;
  /** All edits of the document itself, marks included. */
  readonly edits: readonly Edit[];
  /** Files that are to be written. */
  readonly made: readonly Document[];
  readonly after: Manuscript;
}

export interface Place {
  /** Of the document. */
  readonly index: number;
  readonly examined: Examined;
  readonly found: SettledFinding;
}

/** Undefined where no cure is known. */
export function offerFor({ index, examined, found }: Place, manuscript: Manuscript): Offer | Withheld | undefined {
  const { timeline, migration } = examined;
  const ailment = ailmentOf(found.draft, timeline, migration.parts);
  const cure = ailment && cureOf(ailment, manuscript.workshop.ways);
  if (cure === undefined || 'why' in cure) return cure;
  if (timeline.source.passages.length > 0) return { why: 'the statement stands in a file that another one includes' };
  const written = write(cure, index, manuscript);
  if ('why' in written) return written;
  const count = written.documents.length - written.made;
  const after = withAftercare(rewritten(manuscript, index, count, written.documents), index, written.documents.length);
  const why = whyWorse(found, cure, { before: manuscript, after, index });
  const made = after.checked.slice(index + count, index + written.documents.length).map(({ document }) => document);
  return why === undefined ? { cure, edits: written.edits, made, after } : { why };
}

interface Written {
  readonly edits: readonly Edit[];
  /** The one that is cured, those that other cures have written behind it, and those of this cure. */
  readonly documents: readonly Document[];
  /** How many of them are of this cure. */
  readonly made: number;
}

function write({ edits, leaves, further }: Cure, index: number, { workshop, checked }: Manuscript): Written | Withheld {
  const { framework, paths, shown } = workshop;
  const document = checked[index]?.document;
  if (document === undefined) return { why: 'the file is not known' };
  const { authoring } = framework;
  const marking = leaves ? authoring?.mark?.({ text: document.text, name: nameOf(document.place), directory: undefined }, document.place) : undefined;
  const all = [...edits, ...(marking?.edits ?? [])];
  const lineEnd = document.text.includes('\r\n') ? '\r\n' : '\n';
  const family = familyOf(checked, index);
  const made: Document[] = [];
  let behind = family.findLast(({ isMigration }) => isMigration)?.place ?? document.place;
  const add = ({ path, text, isMigration }: NewFile, linted: boolean): void => {
    made.push({ path: shown(path), place: path, text, linted, isMade: true, isMigration });
  };
  for (const one of further) {
    const taken = new Set([...paths(), ...checked.map((other) => other.document.place), ...made.map(({ place }) => place)]);
    const files = authoring?.write(one, { path: behind, text: document.text, taken, lineEnd }) ?? { why: `where the next migration of ${framework.title} goes is not known` };
    if ('why' in files) return files;
    for (const file of files) add(file, document.linted);
    behind = files.find(({ isMigration }) => isMigration)?.path ?? behind;
  }
  for (const file of marking?.files ?? []) add(file, false);
  const documents = [{ ...document, text: edited(document.text, all) }, ...family, ...made];
  return { edits: all, documents, made: made.length };
}

/** What cures have written right behind a document. */
function familyOf(checked: Manuscript['checked'], index: number): readonly Document[] {
  const behind = checked.slice(index + 1);
  const end = behind.findIndex(({ document }) => !document.isMade);
  return (end < 0 ? behind : behind.slice(0, end)).map(({ document }) => document);
}

/** What was written gets what every migration needs: a limit for its locks. */
function withAftercare(manuscript: Manuscript, index: number, count: number): Manuscript {
  let now = manuscript;
  for (let offset = 1; offset < count; offset += 1) {
    const checked = now.checked[index + offset];
    const examined = checked?.examined[0];
    const found = examined?.found.find(({ finding }) => finding.rule === 'missing-lock-timeout');
    const ailment = found && examined && ailmentOf(found.draft, examined.timeline, examined.migration.parts);
    const cure = ailment && cureOf(ailment, now.workshop.ways);
    if (checked === undefined || cure === undefined || 'why' in cure || cure.further.length > 0) continue;
    now = rewritten(now, index + offset, 1, [{ ...checked.document, text: edited(checked.document.text, cure.edits) }]);
  }
  return now;
}

interface Outcome {
  readonly before: Manuscript;
  readonly after: Manuscript;
  readonly index: number;
}

/** Undefined: the finding is gone, and no other of its severity has come. */
function whyWorse({ finding, draft }: SettledFinding, { isOneOfMany }: Cure, { before, after, index }: Outcome): string | undefined {
  const [old, now] = [countFrom(before, index, finding.severity), countFrom(after, index, finding.severity)];
  const [oldCount, count] = [old.get(finding.rule) ?? 0, now.get(finding.rule) ?? 0];
  const statement = before.checked[index]?.document.text.slice(draft.statement.start, draft.statement.end) ?? '';
  const isGone = isOneOfMany ? count <= oldCount && !isFoundFor(statement, finding.rule, after) : count < oldCount;
  if (!isGone) return 'what it would write is found wrong once more';
  const [worse] = [...now].filter(([rule, times]) => rule !== finding.rule && times > (old.get(rule) ?? 0));
  return worse === undefined ? undefined : `what it would write has a finding of ${worse[0]}`;
}

function isFoundFor(statement: string, rule: string, { checked }: Manuscript): boolean {
  return checked.some(({ document, examined }) => examined.some(({ found }) => found.some(({ finding, draft }) => finding.rule === rule && document.text.slice(draft.statement.start, draft.statement.end) === statement)));
}
