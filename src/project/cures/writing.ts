// What a cure writes, as the tool of the history wants it: edits of the file, further files, and what its ways down and its lists say then.

import { edited, editsOfWayDown, separated } from '../../cure/index.ts';
import type { Cure, Edit, Withheld } from '../../model/cure.ts';
import type { Examined } from '../../engine/lint.ts';
import type { Neighbour, Writing } from '../../sources/frameworks/authoring/authoring.ts';
import type { Framework, SqlFile } from '../../sources/frameworks/framework.ts';
import { nameOf } from '../../sources/frameworks/files/places.ts';
import type { Directory } from '../../sources/disk/directory.ts';
import type { Span } from '../../text/span.ts';
import { folderIn, rootOf, textIn, type Checked, type Document, type Manuscript } from './documents.ts';

export interface Written {
  /** All of the document itself. */
  readonly edits: readonly Edit[];
  readonly made: readonly Document[];
  /** Other files that are there, as they are to be: by path below the root. */
  readonly beside: ReadonlyMap<string, string>;
}

/** `index`: of the document that is cured · `last`: of the one behind which further migrations come. */
export function writingOf(cure: Cure, examined: Examined, { index, last }: { readonly index: number; readonly last: number }, manuscript: Manuscript): Written | Withheld {
  const { workshop, checked } = manuscript;
  const { title, authoring, isPrinted = false } = workshop.framework;
  const document = checked[index]?.document;
  const behind = checked.slice(0, last + 1).findLast((one) => one.document.isMigration)?.document;
  if (document === undefined || behind === undefined) return { why: 'the file is not known' };
  if (isPrinted) return { why: `${title} prints this file from code: change the migration there` };
  const refusal = authoring?.refuses?.(document.place, document.text);
  if (refusal !== undefined) return { why: refusal };
  const root = rootOf(manuscript);
  const file: SqlFile = { text: document.text, name: nameOf(document.place), directory: folderIn(root, document.place), root };
  const marking = cure.leaves ? authoring?.mark?.(file, document.place, endOf(examined), cure.isBlock) : undefined;
  if (marking !== undefined && 'why' in marking) return marking;
  const taken = new Set([...workshop.paths(), ...manuscript.beside.keys(), ...checked.map((one) => one.document.place)]);
  const back = wayDownOf({ file, place: document.place, taken }, examined, root, manuscript);
  const neighbour: Neighbour = {
    path: behind.place,
    text: document.text,
    end: endOf(lastOfFamily(examined, checked[index])),
    taken,
    textOf: (path) => textIn(root, path),
    lineEnd: document.text.includes('\r\n') ? '\r\n' : '\n',
    origin: document.place,
    isUndone: back !== undefined,
  };
  const writing: Writing | Withheld = cure.further.length === 0 ? nothing : (authoring?.write?.(cure.further, neighbour) ?? { why: `where the next migration of ${title} goes is not known` });
  if ('why' in writing) return writing;
  const { inFile, beside } = wayDownWith(back, cure);
  const made = [...writing.files, ...(marking?.files ?? [])].map(({ path, text, isMigration }): Document => ({ path: workshop.shown(path), place: path, text, linted: isMigration, isMade: true, isMigration, parts: new Set() }));
  return {
    edits: [...adapted(cure.edits, document.text, workshop.framework), ...(marking?.edits ?? []), ...writing.edits, ...inFile],
    made,
    beside: new Map([...beside, ...writing.changed.map(({ path, text }) => [path, text] as const)]),
  };
}

/** As the tool wants its statements separated. */
export function adapted(edits: readonly Edit[], text: string, { authoring }: Framework): readonly Edit[] {
  return authoring?.between === undefined ? edits : separated(text, edits, authoring.between);
}

const nothing: Writing = { edits: [], files: [], changed: [] };

interface WayDown {
  /** Undefined: it stands in the file itself. */
  readonly path: string | undefined;
  readonly text: string;
  readonly spans: readonly Span[];
}

/** The migration, or the last of those that cures have written right behind it. */
function lastOfFamily(examined: Examined, checked: Checked | undefined): Examined {
  const behind = checked?.examined.slice(checked.examined.findIndex(({ migration }) => migration.name === examined.migration.name) + 1) ?? [];
  const end = behind.findIndex(({ migration: { name } }) => name === undefined || checked?.document.parts.has(name) !== true);
  return (end < 0 ? behind : behind.slice(0, end)).at(-1) ?? examined;
}

/** Where it ends in its text. */
function endOf({ migration: { parts } }: Examined): number {
  return Math.max(...parts.flatMap(({ spans }) => spans.map(({ end }) => end)));
}

interface Standing {
  readonly file: SqlFile;
  /** Below the root. */
  readonly place: string;
  /** All that lies below the root, and all that is to be written there. */
  readonly taken: ReadonlySet<string>;
}

function wayDownOf({ file, place, taken }: Standing, { migration: { name } }: Examined, root: Directory, { workshop }: Manuscript): WayDown | undefined {
  const path = workshop.wayDownOf(place, taken, root);
  const text = path === undefined ? undefined : textIn(root, path);
  if (text !== undefined) return { path, text, spans: [{ start: 0, end: text.length }] };
  const { cut, migrationsIn } = workshop.framework;
  const own = migrationsIn?.(file, 'file')?.migrations.filter((one) => one.direction === 'down' && one.name === name);
  const spans = (own?.flatMap(({ parts }) => parts) ?? cut(file, 'file').down).flatMap((part) => part.spans);
  return spans.length === 0 ? undefined : { path: undefined, text: file.text, spans };
}

function wayDownWith(back: WayDown | undefined, cure: Cure): { readonly inFile: readonly Edit[]; readonly beside: ReadonlyMap<string, string> } {
  const edits = back === undefined ? [] : editsOfWayDown(back.text, back.spans, cure);
  if (back?.path === undefined || edits.length === 0) return { inFile: edits, beside: new Map() };
  return { inFile: [], beside: new Map([[back.path, edited(back.text, edits)]]) };
}
