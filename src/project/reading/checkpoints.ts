// Keeps on the disk what histories have come to, so that the next run need not read them again. Nothing depends on it: what is missing,
// stale or damaged is told anew, and what can't be written is not kept.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { freeze, thaw, type FrozenCatalog } from '../../history/checkpoint.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { BodyReader, FunctionBody } from '../../model/function-body.ts';
import type { Parser } from '../../parser/parser.ts';
import { temporaryEnding, writeWhole } from '../../sources/disk/write-whole.ts';
import { SourceText } from '../../text/source-text.ts';

export interface CheckpointPlace {
  readonly folder: string;
  /** Which build of pgmigrate-lint this is: another one may understand a migration in another way. */
  readonly build: string;
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

/** So many are kept: those of a few branches of a few histories. */
const most = 20;
const ending = '.checkpoint';
const digestLength = 32;
const DAY = 24 * 60 * 60 * 1000;

export class Checkpoints {
  readonly #folder: string;
  readonly #build: string;

  constructor({ folder, build }: CheckpointPlace) {
    this.#folder = folder;
    this.#build = build;
  }

  /** One for each text, and all those before it. */
  *keys(texts: Iterable<string>): Generator<string> {
    let key = digest(this.#build).toString('hex');
    for (const text of texts) {
      key = digest(key + text).toString('hex');
      yield key;
    }
  }

  /** The place of the last key for which there is a checkpoint; -1 where there is none. */
  latest(keys: readonly string[]): number {
    const kept = new Set(this.#files());
    return keys.findLastIndex((key) => kept.has(key + ending));
  }

  /** Undefined where it is damaged. */
  load(key: string, parser: Parser): Checkpoint | undefined {
    const file = join(this.#folder, key + ending);
    try {
      const bytes = readFileSync(file);
      const content = bytes.subarray(digestLength);
      if (!digest(content).equals(bytes.subarray(0, digestLength))) return undefined;
      const { catalog, migrations }: FrozenCheckpoint = deserialize(content);
      const now = new Date();
      utimesSync(file, now, now);
      return { catalog: thaw(catalog, (definition) => bodyIn(definition, parser)), migrations };
    } catch {
      return undefined;
    }
  }

  /** Written whole or not at all, whoever writes beside us. */
  save(key: string, { catalog, migrations }: Checkpoint): void {
    const frozen: FrozenCheckpoint = { catalog: freeze(catalog), migrations };
    const content = serialize(frozen);
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeWhole(join(this.#folder, key + ending), Buffer.concat([digest(content), content]));
      this.#prune();
    } catch {
      return;
    }
  }

  /** The files that were used the longest ago go, and what a run that was killed left half written. */
  #prune(): void {
    const old = this.#files(temporaryEnding).filter((name) => this.#usedAt(name) < Date.now() - DAY);
    const files = this.#files().map((name) => ({ name, used: this.#usedAt(name) }));
    const unused = files.toSorted((left, right) => right.used - left.used).slice(most);
    for (const name of [...old, ...unused.map((file) => file.name)]) rmSync(join(this.#folder, name), { force: true });
  }

  #usedAt(name: string): number {
    return statSync(join(this.#folder, name)).mtimeMs;
  }

  #files(end = ending): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => name.endsWith(end));
    } catch {
      return [];
    }
  }
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

function digest(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}
