// A history that is long enough is told from where an earlier run came to, as long as nothing before that has changed.

import { statSync } from 'node:fs';
import type { Catalog } from '../../model/catalog.ts';
import type { Parser } from '../../parser/parser.ts';
import { inForce, inputOf, readingOf, type ChosenHistory, type Texts } from './chosen-history.ts';
import type { Checkpoint, Checkpoints } from './checkpoints.ts';
import { essenceOf } from './migrations-in.ts';

/** In bytes: less is told anew as fast as it is looked up. */
const worthKeeping = 60_000;

export interface Resumption {
  /** So many files, the first ones, need not be read. */
  readonly files: number;
  /** Undefined where nothing is kept, or what is kept is damaged. */
  load(parser: Parser): { readonly files: number; readonly checkpoint: Checkpoint } | undefined;
  /** Keeps where the history has come to before the first file that is linted. */
  readonly save: (catalog: Catalog, migrations: number) => void;
}

/** Undefined for what is not worth it, behind a dump, whose migrations say where it starts, and where a file holds old and new ones. */
export function resumptionOf(history: ChosenHistory, parserName: string, texts: Texts, checkpoints: Checkpoints): Resumption | undefined {
  const { files, dump } = history;
  const told = files.slice(0, files.findIndex(({ linted }) => linted));
  if (dump !== undefined || files.some(({ standsFor }) => standsFor !== undefined) || !isWorthKeeping(told)) return undefined;
  const keys = [...checkpoints.keys(essencesOf(history, told, parserName, texts))].slice(1);
  const latest = checkpoints.latest(keys);
  let isKept = latest === keys.length - 1;
  return {
    files: latest + 1,
    load: (parser) => {
      const key = keys[latest];
      const checkpoint = key === undefined ? undefined : checkpoints.load(key, parser);
      isKept &&= checkpoint !== undefined;
      return checkpoint && { files: latest + 1, checkpoint };
    },
    save: (catalog, migrations) => {
      const key = keys.at(-1);
      if (isKept || key === undefined || !isSettled(catalog)) return;
      checkpoints.save(key, { catalog, migrations });
      isKept = true;
    },
  };
}

/** Looked at no further than it matters. */
function isWorthKeeping(told: ChosenHistory['files']): boolean {
  let bytes = 0;
  return told.some(({ file }) => (bytes += sizeOf(file)) > worthKeeping);
}

/** A file that can't be looked at is nobody's concern here: reading it will say so. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** What holds for all, then what each of the files does. */
function* essencesOf(history: ChosenHistory, files: ChosenHistory['files'], parserName: string, texts: Texts): Generator<string> {
  const { settings, newTables, version } = inForce(history);
  const reading = readingOf(history, texts.limits);
  const { framework, isNamed, transaction } = reading;
  yield JSON.stringify([parserName, framework.name, isNamed, transaction, [...settings], newTables, version, texts.limits]);
  for (const file of files) yield essenceOf(inputOf(file, texts, history), reading);
}

/** Whether the database was empty once is decided by the first table that is made: before it, the files behind have a say. */
function isSettled(catalog: Catalog): boolean {
  return catalog.relationsIn(undefined).some(({ kind, born }) => born !== undefined && (kind === 'table' || kind === 'partitioned-table'));
}
