// Values of a migration as Ecto sees them, where all of them are known.

import { Options } from '../../tree/options.ts';
import { isList, plainOf, plainRecord, Raw, type Plain } from '../../tree/plain.ts';
import { plainText, type Call, type Value } from '../../tree/value.ts';

/** `fragment("now()")` is SQL. Undefined: only a run knows it. */
export function known(value: Value): Plain | undefined {
  const plain = plainOf(value, fragment);
  return isList(plain) && plain.length === 2 && plain[0] === 'fragment' && typeof plain[1] === 'string' ? new Raw(plain[1]) : plain;
}

function fragment(value: Value): Plain | undefined {
  if (value.kind !== 'made' || value.path !== 'fragment') return undefined;
  const sql = plainText(value.call.args[0]);
  return sql === undefined ? undefined : new Raw(sql);
}

/** Those behind so many arguments, be they written with brackets or not; but for what a column was before. */
export function optionsIn(call: Call, at: number): Options | undefined {
  const last = call.args[at];
  const isEmpty = last?.kind === 'list' && last.items.length === 0;
  if (last !== undefined && last.kind !== 'record' && last.kind !== 'function' && !isEmpty) return undefined;
  const { from: _, ...others } = givenIn(call, at);
  const entries = plainRecord(new Map(Object.entries(others)), fragment);
  return entries && new Options(entries);
}

/** What a column was before, among them. */
export function formerIn(call: Call, at: number): Value | undefined {
  const { from } = givenIn(call, at);
  return from;
}

function givenIn({ args, named }: Call, at: number): Readonly<Record<string, Value>> {
  const last = args[at];
  return Object.fromEntries([...(last?.kind === 'record' ? last.entries : []), ...named]);
}
