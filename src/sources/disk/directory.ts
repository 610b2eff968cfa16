// A directory as detection sees it: names and small files, read when they are asked for, and once.

import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { localDisk, type Disk, type DiskEntry } from './disk.ts';

/** No project is deeper than this above its migrations: in Java, the names of a package lie between, as in `server/src/main/resources/org/shop/orders/db/postgresql`. */
const highest = 12;

/** How a directory is looked at. */
export interface View {
  /** The files of an earlier commit, say; the disk of this machine without it. */
  readonly disk?: Disk | undefined;
  /** Does somebody bring the file just now? By its absolute path. */
  readonly isNew?: ((file: string) => boolean) | undefined;
}

export class Directory {
  /** Absolute. */
  readonly path: string;
  readonly #family: Map<string, Directory>;
  readonly #view: View;
  readonly #disk: Disk;
  readonly #exists = new Map<string, boolean>();
  readonly #texts = new Map<string, string | undefined>();
  readonly #beginnings = new Map<string, string>();
  #isShared: boolean | undefined;
  #entries: readonly DiskEntry[] | undefined;
  #names: readonly string[] | undefined;
  #sqlFiles: readonly string[] | undefined;

  /** `family`: directories that look things up together, so that what is above them is read once. */
  constructor(path: string, family = new Map<string, Directory>(), view: View = {}) {
    this.path = path;
    this.#family = family;
    this.#view = view;
    this.#disk = view.disk ?? localDisk;
  }

  get name(): string {
    return basename(this.path);
  }

  /** Undefined for the root of the disk. */
  get parent(): Directory | undefined {
    const above = dirname(this.path);
    if (above === this.path) return undefined;
    const parent = this.#family.get(above) ?? new Directory(above, this.#family, this.#view);
    this.#family.set(above, parent);
    return parent;
  }

  /** Whether it is there or not; `path`: with forward slashes. */
  below(path: string): Directory {
    const full = join(this.path, path);
    const directory = this.#family.get(full) ?? new Directory(full, this.#family, this.#view);
    this.#family.set(full, directory);
    return directory;
  }

  /** What lies in it, in the order of code units; nothing where it can't be read. */
  get names(): readonly string[] {
    this.#names ??= this.#all.map(({ name }) => name);
    return this.#names;
  }

  /** The folders in it, in the same order; links are none, because they may go round in a circle. */
  get folders(): readonly Directory[] {
    return this.#all.filter(({ isFolder }) => isFolder).map(({ name }) => this.below(name));
  }

  /** What lies behind those that lead to folders, in the same order. */
  get links(): readonly Directory[] {
    return this.#all.filter(({ name, isLink }) => isLink && this.#disk.entriesIn(join(this.path, name)).length > 0).map(({ name }) => this.below(name));
  }

  get sqlFiles(): readonly string[] {
    this.#sqlFiles ??= this.#all.filter(({ name, isFolder }) => /\.sql$/i.test(name) && !isFolder).map(({ name }) => name);
    return this.#sqlFiles;
  }

  /** Those that were there before, which say what the directory is; all of them where none was. */
  get olderSqlFiles(): readonly string[] {
    const { isNew } = this.#view;
    const older = isNew ? this.sqlFiles.filter((name) => !isNew(join(this.path, name))) : [];
    return older.length === 0 ? this.sqlFiles : older;
  }

  get #all(): readonly DiskEntry[] {
    return (this.#entries ??= this.#disk.entriesIn(this.path).toSorted((left, right) => (left.name < right.name ? -1 : 1)));
  }

  has(name: string): boolean {
    const exists = this.#exists.get(name) ?? this.#disk.exists(join(this.path, name));
    this.#exists.set(name, exists);
    return exists;
  }

  /** Undefined where there is no such file. */
  text(name: string): string | undefined {
    if (!this.#texts.has(name)) this.#texts.set(name, this.#disk.textOf(join(this.path, name)));
    return this.#texts.get(name);
  }

  /** The first 64 kB of a file, which say what it is; empty where it can't be read. */
  beginning(name: string): string {
    const beginning = this.#beginnings.get(name) ?? this.#disk.beginningOf(join(this.path, name));
    this.#beginnings.set(name, beginning);
    return beginning;
  }

  /** Itself and what is above it, up to the root of the repository; without one, below what is of many projects. */
  *upwards(): Generator<Directory> {
    let directory: Directory | undefined = this;
    for (let level = 0; directory && level < highest; level += 1) {
      if (level > 0 && directory.#isOfMany()) return;
      yield directory;
      if (directory.has('.git')) return;
      directory = directory.parent;
    }
  }

  /** Asked of each folder below it: what the environment says is looked up once. */
  #isOfMany(): boolean {
    return (this.#isShared ??= isShared(this.path));
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

/** The disk, what is there for a while, and where people keep all that is theirs. */
function isShared(path: string): boolean {
  return path === dirname(path) || path === tmpdir() || path === homedir() || path === dirname(homedir());
}
