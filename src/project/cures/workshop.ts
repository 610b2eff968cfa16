// Where cures of a history are worked out: how its files are read once more, and how its tool writes them.

import { dirname, join, resolve } from 'node:path';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Ways } from '../../model/cure.ts';
import type { Parser } from '../../parser/parser.ts';
import { Directory } from '../../sources/disk/directory.ts';
import { localDisk, type Disk } from '../../sources/disk/disk.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { emptyDisk, overlaid } from '../../sources/disk/overlay.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { readInput } from '../../sources/disk/read-text.ts';
import { comparePlaces, type Framework, type Place } from '../../sources/frameworks/framework.ts';
import { inOrder } from '../../sources/migrations/in-order.ts';
import { foldersBelow } from '../../sources/search/walk.ts';
import type { Input, Reading } from '../reading/migrations-in.ts';
import { migrationsIn } from '../reading/migrations-in.ts';

export interface Workshop {
  readonly framework: Framework;
  readonly ways: Ways;
  /** Paths below the root of what lies there. */
  readonly paths: () => readonly string[];
  /** Of a path that reports show, what it is below the root. */
  readonly below: (path: string) => string;
  /** Of a path below the root, what reports show. */
  readonly shown: (path: string) => string;
  /** The root, as it is when these texts are written, by path below it. */
  readonly rootWith: (texts: ReadonlyMap<string, string>) => Directory;
  /** As though the text stood in the file. */
  readonly read: (file: ReadFile, root: Directory) => readonly ParsedMigration[];
  /** Those of the paths, and of the files of the history, that the tool runs on the way up: in its order. */
  readonly ordered: (paths: readonly string[], root: Directory) => readonly string[];
  /** Whether a file is nothing but the way down of a migration. */
  readonly isWayDown: (path: string, root: Directory) => boolean;
  /** Of the paths, the file that takes back what another one does; undefined where there is none. */
  readonly wayDownOf: (path: string, paths: Iterable<string>, root: Directory) => string | undefined;
}

export interface ReadFile {
  /** As reports show it. */
  readonly path: string;
  /** Below the root. */
  readonly place: string;
  readonly text: string;
  readonly linted: boolean;
}

/** Where the files of a history lie. */
export interface HistoryHome extends Pick<Workshop, 'paths' | 'below' | 'shown'> {
  /** Absolute. */
  readonly root: string;
  readonly disk: Disk;
  /** Below the root. */
  readonly files: readonly string[];
  /** They are texts that lie nowhere. */
  readonly isBare: boolean;
}

export function workshopOf(reading: Reading, { root, disk, files, isBare, ...home }: HistoryHome, parser: Parser): Workshop {
  const { framework, limits } = reading;
  const isKnown = !isBare || framework.name !== 'plain';
  return {
    ...home,
    framework,
    ways: waysOf(framework),
    rootWith: (texts) => new Directory(root, undefined, { disk: overlaid(disk, new Map(Array.from(texts, ([path, text]) => [join(root, path), text]))) }),
    read: ({ path, place, text, linted }, above) => {
      const mark = disk.textOf(join(root, place))?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
      const directory = isKnown ? (dirname(place) === '.' ? above : above.below(dirname(place))) : undefined;
      const input: Input = { read: readInput(Buffer.from(mark + text), limits), path, linted, role: 'up', directory };
      return migrationsIn(input, reading, parser);
    },
    ordered: (paths, above) => {
      const all = [...new Set([...files, ...paths])].map((path) => join(root, path));
      const run = inOrder(all, { framework, root: above }).filter(({ place }) => place?.role === 'up' && place.isStray !== true);
      return run.map(({ file }) => toSlashes(file).slice(join(root, '/').length));
    },
    isWayDown: (path, above) => framework.places(above, [path])(path)?.role === 'down',
    wayDownOf: (path, paths, above) => {
      const all = [...paths].filter((one) => /\.sql$/i.test(one));
      const placeOf = framework.places(above, all);
      const own = placeOf(path);
      return own && all.find((one) => isWayDown(placeOf(one), own));
    },
  };
}

function isWayDown(place: Place | undefined, own: Place): boolean {
  return place?.role === 'down' && comparePlaces({ ...place, role: own.role }, own) === 0;
}

/** Of what came through standard input without a name: nothing can be written beside it. */
export function workshopOfText(reading: Reading, framework: Framework, parser: Parser): Workshop {
  const ways = { ...waysOf(framework), takesFurther: false };
  return { ...workshopOf(reading, bareHome([]), parser), framework, ways };
}

/** `absolute`: the files of the history. */
export function homeOnDisk(root: Directory, absolute: readonly string[], cwd: string): HistoryHome {
  const top = `${toSlashes(root.path).replace(/\/$/, '')}/`;
  const below = (path: string): string => (toSlashes(path).startsWith(top) ? toSlashes(path).slice(top.length) : path);
  let found: readonly string[] | undefined;
  const places = new Map(absolute.map((file) => [displayPath(file, cwd), below(file)]));
  return {
    root: root.path,
    disk: localDisk,
    files: [...places.values()],
    isBare: false,
    paths: () => (found ??= pathsBelow(root).map(below)),
    below: (path) => places.get(path) ?? path,
    shown: (path) => displayPath(`${top}${path}`, cwd),
  };
}

function pathsBelow(root: Directory): readonly string[] {
  return [...foldersBelow(root)].flatMap(({ path, names }) => names.map((name) => `${path}/${name}`));
}

/** Of texts that lie nowhere, paths are what they are called. `beside`: what else lies there. */
export function bareHome(texts: readonly { readonly path: string; readonly sql: string }[], beside: readonly { readonly path: string; readonly sql: string }[] = []): HistoryHome {
  const root = resolve('/');
  const all = new Map([...texts, ...beside].map(({ path, sql }) => [join(root, path), sql]));
  const paths = [...texts, ...beside].map(({ path }) => path);
  return { root, disk: overlaid(emptyDisk, all), files: texts.map(({ path }) => path), isBare: true, paths: () => paths, below: (path) => path, shown: (path) => path };
}

function waysOf({ title, authoring }: Framework): Ways {
  if (authoring === undefined) return { title, outside: 'none', sendsSingly: false, takesFurther: false };
  const { outside, sendsSingly, write, endsRuns = false, opensItself = false, cutsBlocks = false, around } = authoring;
  return { title, outside, sendsSingly, takesFurther: write !== undefined, endsRuns, opensItself, cutsBlocks, ...(around === undefined ? {} : { around }) };
}
