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

/** `all`: absolute paths of the files of the history. */
export function workshopOf(reading: Reading, root: Directory, all: readonly string[], cwd: string, parser: Parser): Workshop {
  const { framework, limits } = reading;
  const top = `${toSlashes(root.path).replace(/\/$/, '')}/`;
  const below = (path: string): string => (toSlashes(path).startsWith(top) ? toSlashes(path).slice(top.length) : path);
  const shown = (path: string): string => displayPath(`${top}${path}`, cwd);
  const places = new Map(all.map((file) => [displayPath(file, cwd), below(file)]));
  return {
    framework,
    ways: waysOf(framework),
    paths: () => [...foldersBelow(root)].flatMap(({ path, names }) => names.map((name) => below(`${path}/${name}`))),
    below: (path) => places.get(path) ?? path,
    shown,
    read: (path, text, linted) => {
      const input: Input = { read: readInput(Buffer.from(text), limits), path, linted, role: 'up', directory: root };
      return migrationsIn(input, reading, parser);
    },
  };
}

export function waysOf({ title, authoring }: Framework): Ways {
  return { title, outside: authoring?.outside ?? 'none', sendsSingly: authoring?.sendsSingly ?? false, takesFurther: authoring !== undefined };
}
