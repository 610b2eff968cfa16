// From globs to files.

import { readdirSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { advanced, alternativesOf, closed, findsName, mostAlternatives, type Glob } from '../../text/glob.ts';
import { globsAt } from './covers.ts';

/**
 * Files, or folders. Linked directories are not followed, because they may go in a circle; a link that leads to
 * nothing is a file, so that reading it says so. Throws a `UserError` where a directory can't be read.
 */
export function expand(pattern: string, cwd: string, wanted: 'files' | 'folders' = 'files'): string[] {
  if (alternativesOf(toSlashes(pattern)) === undefined) throw new UserError(`the braces of "${pattern}" stand for more than ${mostAlternatives} paths`);
  const found = new Set<string>();
  for (const glob of globsAt(toSlashes(pattern), toSlashes(cwd))) new Expansion(glob, wanted, found).run();
  return [...found];
}

class Expansion {
  readonly #glob: Glob;
  readonly #wanted: 'files' | 'folders';
  readonly #found: Set<string>;

  constructor(glob: Glob, wanted: 'files' | 'folders', found: Set<string>) {
    this.#glob = glob;
    this.#wanted = wanted;
    this.#found = found;
  }

  /** From the last directory on that is named as it is; what lies less deep comes first. */
  run(): void {
    const wild = this.#glob.findIndex(({ kind }) => kind !== 'literal');
    const depth = wild < 0 ? this.#glob.length - 1 : wild;
    const names = this.#glob.slice(0, depth).flatMap((segment) => (segment.kind === 'literal' ? [segment.text] : []));
    if (names.some(isPassedOver)) return;
    const open: Place[] = [{ directory: names.join('/') || '/', positions: closed(this.#glob, new Set([depth])) }];
    for (const place of open) for (const below of this.#in(place)) open.push(below);
  }

  /** Gives the directories to go on with. */
  #in({ directory, positions }: Place): Place[] {
    return entriesIn(directory).flatMap((entry) => {
      if (isPassedOver(entry.name)) return [];
      const next = advanced(this.#glob, positions, entry.name, findsName);
      const path = join(directory, entry.name);
      if (next.size === 0) return [];
      const isDirectory = entry.isDirectory();
      if (next.has(this.#glob.length) && (this.#wanted === 'folders') === isDirectory) this.#found.add(path);
      return isDirectory ? [{ directory: path, positions: next }] : [];
    });
  }
}

interface Place {
  readonly directory: string;
  /** In the glob. */
  readonly positions: ReadonlySet<number>;
}

/** What others have written, and what is git's own. */
function isPassedOver(name: string): boolean {
  return name === 'node_modules' || name.toLowerCase() === '.git';
}

/** What is nearer before what is deeper; without hidden folders. */
export function sqlFilesBelow(directory: string): string[] {
  return expand('**/*.sql', directory);
}

/** The SQL files in a directory, or one level below it. */
export function sqlFilesAt(directory: string, level: 'here' | 'below'): string[] {
  const folders = level === 'here' ? [directory] : foldersIn(directory).map((folder) => join(directory, folder));
  return folders.flatMap(sqlFilesIn);
}

function sqlFilesIn(directory: string): string[] {
  return entriesIn(directory).filter((entry) => !entry.isDirectory() && /\.sql$/i.test(entry.name)).map(({ name }) => join(directory, name));
}

function foldersIn(directory: string): string[] {
  return entriesIn(directory).filter((entry) => entry.isDirectory() && !isPassedOver(entry.name)).map(({ name }) => name);
}

function entriesIn(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).toSorted((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) return [];
    throw new UserError(`"${directory}" can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
