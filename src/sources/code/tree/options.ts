// What a call is given where all of it is known, taken one by one, so that it is known which of it nobody has understood.

import { isRecord, listOf, plainOf, plainRecord, Raw, type Plain, type PlainRecord } from './plain.ts';
import { plainText, type Call, type Value } from './value.ts';

export class Options {
  readonly entries: PlainRecord;
  readonly #left: Set<string>;

  constructor(entries: PlainRecord) {
    this.entries = entries;
    this.#left = new Set(entries.keys());
  }

  get isUnderstood(): boolean {
    return this.#left.size === 0;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  take(name: string): Plain | undefined {
    this.#left.delete(name);
    return this.entries.get(name);
  }

  /** Without meaning for what is sent. */
  pass(...names: readonly string[]): void {
    for (const name of names) this.#left.delete(name);
  }

  text(name: string): string | undefined {
    const value = this.take(name);
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return isTrue(this.take(name));
  }

  /** Of a column, or of several. */
  names(name: string): readonly string[] | undefined {
    const value = this.take(name);
    return value === undefined || value === null ? undefined : listOf(value).map(String);
  }

  /** Of what is changed, where both are said. */
  get change(): { readonly from: Plain; readonly to: Plain } | undefined {
    const { from, to } = Object.fromEntries(this.entries);
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  without(...names: readonly string[]): Options {
    return new Options(new Map([...this.entries].filter(([name]) => !names.includes(name))));
  }

  /** They win over those that are there. */
  with(entries: Readonly<Record<string, Plain>>): Options {
    return new Options(new Map([...this.entries, ...Object.entries(entries)]));
  }

  /** Those that are there win. */
  withDefaults(entries: Readonly<Record<string, Plain>>): Options {
    return new Options(new Map([...Object.entries(entries), ...this.entries]));
  }
}

export const noOptions = new Options(new Map());

/** As Ruby and Elixir see it: all but `nil` and `false`. */
export function isTrue(value: Plain | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** `true` stands for none, and a record for its own. */
export function optionsOf(value: Plain | undefined): Options {
  return isRecord(value) ? new Options(value) : noOptions;
}

/** A call whose arguments are all known. */
export interface KnownCall {
  readonly args: readonly Plain[];
  readonly options: Options;
  readonly block: Value | undefined;
}

/** Undefined: something of it is known to a run only. `hasBlock`: a function at its end is no value. */
export function knownCall({ args, named, isWhole, run }: Call, hasBlock = false): KnownCall | undefined {
  const special = (value: Value): Plain | undefined => {
    if (value.kind !== 'function') return undefined;
    const sql = plainText(run?.(value));
    return sql === undefined ? undefined : new Raw(sql);
  };
  const last = args.at(-1);
  const block = hasBlock && last?.kind === 'function' ? last : undefined;
  const positions = (block ? args.slice(0, -1) : args).map((value) => plainOf(value, special));
  const known = positions.filter((value) => value !== undefined);
  const options = plainRecord(named, special);
  if (!isWhole || options === undefined || known.length < positions.length) return undefined;
  const record = known.at(-1);
  const isOptions = named.size === 0 && isRecord(record);
  return { args: isOptions ? known.slice(0, -1) : known, options: new Options(isOptions ? record : options), block };
}
