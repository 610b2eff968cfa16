// A directory as detection sees it: names and small files, read when they are asked for, and once.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** No project is deeper than this above its migrations. */
const highest = 8;

export class Directory {
  /** Absolute. */
  readonly path: string;
  readonly #family: Map<string, Directory>;
  readonly #exists = new Map<string, boolean>();
  readonly #texts = new Map<string, string | undefined>();
  #names: readonly string[] | undefined;

  /** `family`: directories that look things up together, so that what is above them is read once. */
  constructor(path: string, family = new Map<string, Directory>()) {
    this.path = path;
    this.#family = family;
  }

  get name(): string {
    return basename(this.path);
  }

  /** Undefined for the root of the disk. */
  get parent(): Directory | undefined {
    const above = dirname(this.path);
    if (above === this.path) return undefined;
    const parent = this.#family.get(above) ?? new Directory(above, this.#family);
    this.#family.set(above, parent);
    return parent;
  }

  /** Whether it is there or not; `path`: with forward slashes. */
  below(path: string): Directory {
    const full = join(this.path, path);
    const directory = this.#family.get(full) ?? new Directory(full, this.#family);
    this.#family.set(full, directory);
    return directory;
  }

  /** What lies in it, in the order of code units; nothing where it can't be read. */
  get names(): readonly string[] {
    this.#names ??= namesIn(this.path);
    return this.#names;
  }

  get sqlFiles(): readonly string[] {
    return this.names.filter((name) => /\.sql$/i.test(name));
  }

  has(name: string): boolean {
    const exists = this.#exists.get(name) ?? existsSync(join(this.path, name));
    this.#exists.set(name, exists);
    return exists;
  }

  /** Undefined where there is no such file. */
  text(name: string): string | undefined {
    if (!this.#texts.has(name)) this.#texts.set(name, textIn(join(this.path, name)));
    return this.#texts.get(name);
  }

  /** Itself and what is above it, up to the root of the repository. */
  *upwards(): Generator<Directory> {
    let directory: Directory | undefined = this;
    for (let level = 0; directory && level < highest; level += 1) {
      yield directory;
      if (directory.has('.git')) return;
      directory = directory.parent;
    }
  }

  /** The nearest of these files at or above it; `''` where there is none. */
  nearest(...names: readonly string[]): string {
    for (const directory of this.upwards()) {
      const name = names.find((candidate) => directory.has(candidate));
      if (name !== undefined) return directory.text(name) ?? '';
    }
    return '';
  }
}

/** In bytes: nothing that tells of a tool is larger. */
const LARGEST = 16 * 1024 * 1024;

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return [];
  }
}

function textIn(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= LARGEST ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
