// The forms that migrations have: one file, a file with a way up and a way down, two files, a folder.

import type { Around, FurtherMigration, Withheld } from '../../../model/cure.ts';
import type { Authoring, Neighbour, NewFile, Writing } from './authoring.ts';
import { nextName, type Numbering } from './next-name.ts';

type Write = NonNullable<Authoring['write']>;

/** The files of one migration. */
export type Made = readonly NewFile[] | Withheld;

/** One migration behind another. */
export type WriteOne = (further: FurtherMigration, behind: Neighbour) => Made;

/** Lines around the statements of a file; `outside`: where it is to be in no transaction. */
export interface Form {
  readonly up?: readonly string[];
  readonly down?: readonly string[];
  /** The tool refuses a file without a way down. */
  readonly isDownRequired?: boolean;
  readonly outside?: readonly string[];
  /** In the place of `down`, where the way down of such a file has to say it too. */
  readonly downOutside?: readonly string[];
  readonly around?: Around | undefined;
  /** What lies beside such a file then, called as it is with an ending more. */
  readonly besideOutside?: { readonly ending: string; readonly text: string };
  readonly numbering?: Numbering;
  /** What the way down of `V2__x.sql` is called: `U2__x.sql`. */
  readonly nameOfWayDown?: (name: string) => string;
  /** What a way down holds that has nothing to do; a comment where an empty text would do. */
  readonly nothing?: string | undefined;
}

/** Each behind the one before. */
export function oneByOne(writeOne: WriteOne): Write {
  return (further, behind): Writing | Withheld => {
    let neighbour = behind;
    const files: NewFile[] = [];
    for (const one of further) {
      const made = writeOne(one, neighbour);
      if ('why' in made) return made;
      files.push(...made);
      neighbour = { ...neighbour, path: made.find(({ isMigration }) => isMigration)?.path ?? neighbour.path, taken: new Set([...neighbour.taken, ...made.map(({ path }) => path)]) };
    }
    return { edits: [], files, changed: [] };
  };
}

/** One file that holds nothing but the way up, or a way down behind a line of its own. */
export function inOneFile(form: Form = {}): Write {
  return oneByOne(oneFile(form));
}

/** `x.up.sql` and `x.down.sql`. */
export function inTwoFiles(form: Form = {}): Write {
  return oneByOne(twoFiles(form));
}

/** As the one before it, which may be called `x.up.sql` or `x.sql`. */
export function inOneOrTwoFiles(form: Form = {}): Write {
  const [one, two] = [oneFile(form), twoFiles(form)];
  return oneByOne((further, behind) => (/\.up\.sql$/i.test(behind.path) ? two : one)(further, behind));
}

function oneFile({ up = [], down, isDownRequired = false, outside = up, downOutside = down, around, besideOutside, numbering, nameOfWayDown, nothing }: Form): WriteOne {
  return (further, behind) => {
    const { folder, stem, ending } = partsOf(behind.path);
    const name = nextName(stem, further.name, namesIn(behind, numbering), numbering);
    if (typeof name !== 'string') return name;
    const head = further.place === 'outside' ? outside : up;
    const border = further.place === 'outside' && further.undo.length > 0 ? downOutside : down;
    const back = border !== undefined && (isDownRequired || behind.isUndone) ? ['', ...border, ...undoLines(further, behind, { nothing, around })] : [];
    const path = `${folder}${name}${ending}`;
    const beside = further.place === 'outside' ? besideOutside : undefined;
    const wayDown = behind.isUndone && nameOfWayDown !== undefined ? `${folder}${nameOfWayDown(name)}${ending}` : undefined;
    return [
      { path, text: textOf([...head, ...statementsOf(further.statements, around), ...back], behind), isMigration: true },
      ...(wayDown === undefined ? [] : [{ path: wayDown, text: textOf(undoLines(further, behind, { nothing, around }), behind), isMigration: false }]),
      ...(beside ? [{ path: path + beside.ending, text: beside.text.replaceAll('\n', behind.lineEnd), isMigration: false }] : []),
    ];
  };
}

function twoFiles({ outside = [], nothing }: Form): WriteOne {
  return (further, behind) => {
    const { folder, stem, ending } = partsOf(behind.path);
    const name = nextName(stem, further.name, namesIn(behind));
    if (typeof name !== 'string') return name;
    const head = further.place === 'outside' ? outside : [];
    const up: NewFile = { path: `${folder}${name}${ending}`, text: textOf([...head, ...statementsOf(further.statements)], behind), isMigration: true };
    const down = backOf(up.path);
    if (!behind.isUndone || down === up.path) return [up];
    return [up, { path: down, text: textOf([...head, ...undoLines(further, behind, { nothing })], behind), isMigration: false }];
  };
}

/** `x.down.sql` of `x.up.sql`. */
export function backOf(path: string): string {
  return path.replace(/\.up(?=\.[^.]+$)/i, (up) => (up === '.UP' ? '.DOWN' : '.down'));
}

/** A folder for each migration, with files of these names. */
export function inFolder(up: string, down: string | undefined, { nothing, beside = () => [] }: { readonly nothing?: string; readonly beside?: (further: FurtherMigration) => readonly { readonly name: string; readonly text: string }[] } = {}): Write {
  return oneByOne((further, behind) => {
    const [, above = '', stem = ''] = /^(.*?)([^/]+)\/[^/]+$/.exec(behind.path) ?? [];
    const folders = [...behind.taken].flatMap((path) => (path.startsWith(above) ? (path.slice(above.length).split('/')[0] ?? []) : []));
    const name = nextName(stem, further.name, folders);
    if (typeof name !== 'string') return name;
    const place = `${above}${name}/`;
    return [
      { path: place + up, text: textOf(statementsOf(further.statements), behind), isMigration: true },
      ...(down !== undefined && behind.isUndone ? [{ path: place + down, text: textOf(undoLines(further, behind, { nothing }), behind), isMigration: false }] : []),
      ...beside(further).map((file) => ({ path: place + file.name, text: file.text.replaceAll('\n', behind.lineEnd), isMigration: false })),
    ];
  });
}

/** What undoes a migration; a part of what the cured one did, its own way down takes back. */
export function undoLines({ undo }: FurtherMigration, { origin }: Neighbour, { nothing, around }: Pick<Form, 'around' | 'nothing'> = {}): readonly string[] {
  if (undo.length > 0) return statementsOf(undo, around);
  return [`-- Left to the way down of ${nameIn(origin)}.`, ...(nothing === undefined ? [] : [nothing])];
}

export function statementsOf(statements: readonly string[], around?: Around): readonly string[] {
  return statements.flatMap((statement) => (around && statement.includes(';') ? [around.open, `${statement};`, around.close] : [`${statement};`]));
}

export function textOf(lines: readonly string[], { lineEnd }: Pick<Neighbour, 'lineEnd'>): string {
  return `${lines.join(lineEnd)}${lineEnd}`;
}

export interface Parts {
  readonly folder: string;
  readonly stem: string;
  readonly ending: string;
}

/** `ending`: all behind the first dot that no digit follows. */
export function partsOf(path: string): Parts {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  const dot = name.search(/\.\D/);
  return { folder, stem: dot < 0 ? name : name.slice(0, dot), ending: dot < 0 ? '' : name.slice(dot) };
}

/** Of files beside it, which may be code; a version counts wherever its file lies. */
function namesIn({ path, taken }: Neighbour, numbering: Numbering = 'counter'): readonly string[] {
  const { folder } = partsOf(path);
  const isMeant = (other: string): boolean => numbering === 'version' || (other.startsWith(folder) && !other.slice(folder.length).includes('/'));
  return [...taken].filter(isMeant).map((other) => partsOf(other).stem);
}

/** Of a migration as people call it: its file without endings, or its folder. */
function nameIn(path: string): string {
  const names = path.split('/');
  const [folder, file = ''] = [names.at(-2), names.at(-1)];
  return folder !== undefined && /^(?:up|migration)\.sql$/i.test(file) ? folder : file.replace(/\.sql$/i, '').replace(/[.-]up$/i, '');
}
