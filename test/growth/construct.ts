// What is grown, and the words to grow it with.

export interface Construct {
  /** Of a thing that there may be many of: `unnamed indexes of one table`. */
  readonly name: string;
  /** With `count` of it. */
  readonly grown: (count: number) => Project;
  /** So many are as many as anybody has, or as PostgreSQL or a limit of ours allows. */
  readonly most: number;
}

export interface Project {
  /** Texts by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** Of the command line. */
  readonly args: readonly string[];
}

/** A file may make 10,000 changes. */
const MOST = 8000;

/** One migration. */
export function sql(name: string, text: (count: number) => string, most: number = MOST): Construct {
  return project(name, (count) => [['migrations/0001_first.sql', text(count)]], most);
}

/** `files`: paths and texts. */
export function project(name: string, files: (count: number) => readonly (readonly [string, string])[], most: number = MOST, args: readonly string[] = lint): Construct {
  return { name, most, grown: (count) => ({ files: new Map(files(count)), args }) };
}

const lint: readonly string[] = ['lint', '--format=json', '--no-cache', 'migrations'];

/** `text` of 0, 1, 2, …, line by line. */
export function lines(count: number, text: (index: number) => string): string {
  return list(count, text, '\n');
}

export function list(count: number, text: (index: number) => string, separator = ', '): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}
