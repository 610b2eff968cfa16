// Keeps on the disk what histories have come to, so that the next run need not read them again. Nothing depends on it, and nothing in it is
// trusted: what is missing, stale, damaged or not sealed by this user is told anew, and what can't be written is not kept.

import { createHash } from 'node:crypto';
import { lutimesSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { freeze, thaw, type FrozenCatalog } from '../../history/checkpoint.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { BodyReader, FunctionBody } from '../../model/function-body.ts';
import type { Parser } from '../../parser/parser.ts';
import { isWithin, realFolder } from '../../sources/disk/real-folder.ts';
import { readRegular, regularFiles, removeRegular } from '../../sources/disk/regular-file.ts';
import { temporaryEnding, writeWhole } from '../../sources/disk/write-whole.ts';
import { SourceText } from '../../text/source-text.ts';
import { Seal } from './seal.ts';

export interface CheckpointPlace {
  /** Which build of pgmigrate-lint this is: another one may understand a migration in another way. */
  readonly build: string;
  readonly where: CheckpointFolder | { readonly kind: 'nowhere'; readonly why: string };
}

export interface CheckpointFolder {
  readonly kind: 'folder';
  /** Absolute, as all paths here. */
  readonly path: string;
  /** So many names at its end are ours, and no links. */
  readonly ownNames: number;
  /** Where the key lies with which they are sealed; its last name is ours. */
  readonly keyFolder: string;
  /** What others fill: there, no link is followed, and no key is kept. */
  readonly checkout: string;
}

/** Where a history has come to. */
export interface Checkpoint {
  readonly catalog: Catalog;
  /** That led to it. */
  readonly migrations: number;
}

interface FrozenCheckpoint {
  readonly catalog: FrozenCatalog;
  readonly migrations: number;
}

/** So many are kept, those of a few branches of a few histories, and no more bytes. */
const most = { files: 20, bytes: 256_000_000, bytesOfOne: 64_000_000 };
const NAME = /^[0-9a-f]{64}\.checkpoint$/;
const LEFT_OVER = new RegExp(`^[0-9a-f]{64}\\.checkpoint\\.[0-9a-f]{12}\\${temporaryEnding}$`);
const DAY = 24 * 60 * 60 * 1000;

export class Checkpoints {
  readonly #place: CheckpointPlace;
  readonly #trouble: (why: string) => void;
  #opened: Opened | undefined | 'not yet' = 'not yet';

  /** `trouble`: hears why nothing is kept. */
  constructor(place: CheckpointPlace, trouble: (why: string) => void) {
    this.#place = place;
    this.#trouble = trouble;
  }

  /** One for each text, and all those before it. */
  *keys(texts: Iterable<string>): Generator<string> {
    let key = digest(this.#place.build);
    for (const text of texts) {
      key = digest(key + text);
      yield key;
    }
  }

  /** The place of the last key for which there is a checkpoint; -1 where there is none. */
  latest(keys: readonly string[]): number {
    const opened = this.#open();
    if (opened === undefined) return -1;
    const kept = new Set(regularFiles(opened.folder, isCheckpoint).map(({ name }) => name));
    return keys.findLastIndex((key) => kept.has(nameOf(key)));
  }

  /** Undefined where it is damaged, or nobody here has sealed it under this key. */
  load(key: string, parser: Parser): Checkpoint | undefined {
    const opened = this.#open();
    if (opened === undefined) return undefined;
    try {
      const file = join(opened.folder, nameOf(key));
      const bytes = readRegular(file, most.bytesOfOne)?.bytes;
      const content = bytes && opened.seal.opened(bytes, this.#purpose(key));
      if (content === undefined) return undefined;
      const { catalog, migrations }: FrozenCheckpoint = deserialize(content);
      unlessRefused(() => lutimesSync(file, new Date(), new Date()), () => undefined);
      return { catalog: thaw(catalog, (definition) => bodyIn(definition, parser)), migrations };
    } catch {
      return undefined;
    }
  }

  /** Written whole or not at all, whoever writes beside us. */
  save(key: string, { catalog, migrations }: Checkpoint): void {
    const opened = this.#open();
    if (opened === undefined) return;
    unlessRefused(() => {
      const frozen: FrozenCheckpoint = { catalog: freeze(catalog), migrations };
      const bytes = opened.seal.closed(serialize(frozen), this.#purpose(key));
      if (bytes.length > most.bytesOfOne) throw new Error(`what the history comes to takes ${bytes.length} bytes, which is too much to keep`);
      writeWhole(join(opened.folder, nameOf(key)), bytes, 0o600);
      prune(opened.folder);
    }, this.#trouble);
  }

  #purpose(key: string): string {
    return JSON.stringify([this.#place.build, key]);
  }

  #open(): Opened | undefined {
    if (this.#opened === 'not yet') this.#opened = unlessRefused(() => open(this.#place.where), this.#trouble);
    return this.#opened;
  }
}

interface Opened {
  /** Without links. */
  readonly folder: string;
  readonly seal: Seal;
}

/** Throws where nothing can be kept, and why. */
function open(where: CheckpointPlace['where']): Opened {
  if (where.kind === 'nowhere') throw new Error(where.why);
  const { path, ownNames, keyFolder, checkout } = where;
  const below = realpathSync(checkout);
  const own = realFolder(keyFolder, { names: 1, below });
  if (isWithin(own, below)) throw new Error(`${own} lies in the project, where a commit could bring a key`);
  const seal = Seal.in(join(own, 'key'));
  return { seal, folder: realFolder(path, { names: ownNames, below }) };
}

/** Undefined where it throws. */
function unlessRefused<T>(work: () => T, refused: (why: string) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    refused(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function isCheckpoint(name: string): boolean {
  return NAME.test(name);
}

function nameOf(key: string): string {
  return `${key}.checkpoint`;
}

/** The files that were used the longest ago go, and what a run that was killed left half written; nothing with another name. */
function prune(folder: string): void {
  const old = regularFiles(folder, (name) => LEFT_OVER.test(name)).filter(({ usedAt }) => usedAt < Date.now() - DAY);
  const files = regularFiles(folder, isCheckpoint).toSorted((left, right) => right.usedAt - left.usedAt);
  let bytes = 0;
  const unused = files.filter(({ size }, index) => (bytes += size) > most.bytes || index >= most.files);
  for (const { name } of [...old, ...unused]) removeRegular(join(folder, name));
}

/** What a function runs, by the statement that made it. */
export function bodyIn(definition: string, parser: Parser): BodyReader {
  let body: FunctionBody | undefined;
  return (values) => {
    body ??= readBody(definition, parser);
    return body?.for(values) ?? { unread: 'body' };
  };
}

function readBody(definition: string, parser: Parser): FunctionBody | undefined {
  const [statement] = parser.parse(new SourceText('', definition)).statements;
  const [change] = statement?.kind === 'schema' ? statement.changes : [];
  return change?.kind === 'create-function' ? change.body : undefined;
}

function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
