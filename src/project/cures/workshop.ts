// Where cures of a history are worked out: how its files are read once more, and how its tool writes them.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Ways } from '../../model/cure.ts';
import type { Parser } from '../../parser/parser.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { foldersBelow } from '../../sources/search/walk.ts';
import type { Directory } from '../../sources/disk/directory.ts';
import { readInput } from '../../sources/disk/read-text.ts';
import type { Framework } from '../../sources/frameworks/framework.ts';
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
  /** As though the text stood in the file. */
  readonly read: (path: string, text: string, linted: boolean) => readonly ParsedMigration[];
}

/** Where the files of a history lie. */
export interface HistoryHome extends Pick<Workshop, 'paths' | 'below' | 'shown'> {
  /** Undefined for texts that lie nowhere. */
  readonly directory: Directory | undefined;
}

export function workshopOf(reading: Reading, { directory, ...home }: HistoryHome, parser: Parser): Workshop {
  const { framework, limits } = reading;
  return {
    ...home,
    framework,
    ways: waysOf(framework),
    read: (path, text, linted) => {
      const input: Input = { read: readInput(Buffer.from(text), limits), path, linted, role: 'up', directory };
      return migrationsIn(input, reading, parser);
    },
  };
}

/** Of what came through standard input without a name: nothing can be written beside it. */
export function workshopOfText(reading: Reading, framework: Framework, parser: Parser): Workshop {
  const ways = { ...waysOf(framework), takesFurther: false };
  return { ...workshopOf(reading, bareHome([]), parser), framework, ways };
}

/** `files`: absolute paths of the files of the history. */
export function homeOnDisk(root: Directory, files: readonly string[], cwd: string): HistoryHome {
  const top = `${toSlashes(root.path).replace(/\/$/, '')}/`;
  const below = (path: string): string => (toSlashes(path).startsWith(top) ? toSlashes(path).slice(top.length) : path);
  const places = new Map(files.map((file) => [displayPath(file, cwd), below(file)]));
  return {
    directory: root,
    paths: () => [...foldersBelow(root)].flatMap(({ path, names }) => names.map((name) => below(`${path}/${name}`))),
    below: (path) => places.get(path) ?? path,
    shown: (path) => displayPath(`${top}${path}`, cwd),
  };
}

/** Of texts that lie nowhere, paths are what they are called. */
export function bareHome(paths: readonly string[]): HistoryHome {
  return { directory: undefined, paths: () => paths, below: (path) => path, shown: (path) => path };
}

export function waysOf({ title, authoring }: Framework): Ways {
  return { title, outside: authoring?.outside ?? 'none', sendsSingly: authoring?.sendsSingly ?? false, takesFurther: authoring !== undefined };
}
