// The forms that migrations have: one file, a file with a way up and a way down, two files, a folder.

import type { Around, FurtherMigration } from '../../../model/cure.ts';
import type { Authoring, Neighbour, NewFile } from './authoring.ts';
import { nextName } from './next-name.ts';

type Write = Authoring['write'];

/** Lines around the statements of a file; `outside`: where it is to be in no transaction. */
export interface Form {
  readonly up?: readonly string[];
  readonly down?: readonly string[];
  readonly outside?: readonly string[];
  readonly around?: Around;
  /** What lies beside such a file then, called as it is with an ending more. */
  readonly besideOutside?: { readonly ending: string; readonly text: string };
}

/** One file that holds nothing but the way up, or a way down behind a line of its own. */
export function inOneFile({ up = [], down, outside = [], around, besideOutside }: Form = {}): Write {
  return (further, behind) => {
    const { folder, stem, ending } = partsOf(behind.path);
    const name = nextName(stem, further.name, namesIn(behind.taken, folder, ending));
    if (typeof name !== 'string') return name;
    const head = further.place === 'outside' ? outside : up;
    const lines = [...head, ...statementsOf(further.statements, around), ...(down === undefined ? [] : ['', ...down, ...statementsOf(further.undo, around)])];
    const path = `${folder}${name}${ending}`;
    const beside = further.place === 'outside' ? besideOutside : undefined;
    return [
      { path, text: textOf(lines, behind), isMigration: true },
      ...(beside ? [{ path: path + beside.ending, text: beside.text.replaceAll('\n', behind.lineEnd), isMigration: false }] : []),
    ];
  };
}

/** `x.up.sql` and `x.down.sql`. */
export function inTwoFiles({ outside = [] }: Form = {}): Write {
  return (further, behind) => {
    const { folder, stem, ending } = partsOf(behind.path);
    const [, up = '.up', rest = '.sql'] = /^(\.up)(\..+)$/i.exec(ending) ?? [];
    const name = nextName(stem, further.name, namesIn(behind.taken, folder, ending));
    if (typeof name !== 'string') return name;
    const head = further.place === 'outside' ? outside : [];
    const isPaired = behind.taken.has(`${folder}${stem}${up.replace(/up/i, 'down')}${rest}`);
    const ways: NewFile[] = [{ path: `${folder}${name}${up}${rest}`, text: textOf([...head, ...statementsOf(further.statements)], behind), isMigration: true }];
    return isPaired ? [...ways, { path: `${folder}${name}${up.replace(/up/i, 'down')}${rest}`, text: textOf([...head, ...statementsOf(further.undo)], behind), isMigration: false }] : ways;
  };
}

/** As the one before it, which may be called `x.up.sql` or `x.sql`. */
export function inOneOrTwoFiles(form: Form = {}): Write {
  const [one, two] = [inOneFile(form), inTwoFiles(form)];
  return (further, behind) => (/\.up\.sql$/i.test(behind.path) ? two : one)(further, behind);
}

/** A folder for each migration, with files of these names. */
export function inFolder(up: string, down: string | undefined, beside: (further: FurtherMigration) => readonly { readonly name: string; readonly text: string }[] = () => []): Write {
  return (further, behind) => {
    const [, above = '', stem = ''] = /^(.*?)([^/]+)\/[^/]+$/.exec(behind.path) ?? [];
    const folders = [...behind.taken].flatMap((path) => (path.startsWith(above) ? (path.slice(above.length).split('/')[0] ?? []) : []));
    const name = nextName(stem, further.name, folders);
    if (typeof name !== 'string') return name;
    const place = `${above}${name}/`;
    const isPaired = down !== undefined && behind.taken.has(`${above}${stem}/${down}`);
    return [
      { path: place + up, text: textOf(statementsOf(further.statements), behind), isMigration: true },
      ...(isPaired ? [{ path: place + down, text: textOf(statementsOf(further.undo), behind), isMigration: false }] : []),
      ...beside(further).map((file) => ({ path: place + file.name, text: file.text.replaceAll('\n', behind.lineEnd), isMigration: false })),
    ];
  };
}

interface Parts {
  readonly folder: string;
  readonly stem: string;
  readonly ending: string;
}

/** `ending`: all behind the first dot that no digit follows. */
function partsOf(path: string): Parts {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  const dot = name.search(/\.\D/);
  return { folder, stem: dot < 0 ? name : name.slice(0, dot), ending: dot < 0 ? '' : name.slice(dot) };
}

function namesIn(taken: ReadonlySet<string>, folder: string, ending: string): readonly string[] {
  const last = ending.slice(ending.lastIndexOf('.'));
  return [...taken].flatMap((path) => (path.startsWith(folder) && path.endsWith(last) && !path.slice(folder.length).includes('/') ? [partsOf(path).stem] : []));
}

function statementsOf(statements: readonly string[], around?: Around): readonly string[] {
  return statements.flatMap((statement) => (around && statement.includes(';') ? [around.open, `${statement};`, around.close] : [`${statement};`]));
}

function textOf(lines: readonly string[], { lineEnd }: Neighbour): string {
  return `${lines.join(lineEnd)}${lineEnd}`;
}
