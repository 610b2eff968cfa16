// Names, types and values as Kysely writes them into the schema.
// Source: src/parser/{reference,table,data-type,default-value}-parser.ts and src/query-compiler/default-query-compiler.ts of its source, 0.28.

import { isList, isRecord, plainOf, type Plain } from '../../script/plain-value.ts';
import { plainText, type Value } from '../../script/value.ts';
import { fragmentOf, quoted } from './sql-tag.ts';

/** `shop.orders` is taken apart; undefined for what only a run knows. */
export function nameOf(value: Value | undefined): string | undefined {
  return sqlOf(value) ?? dotted(plainText(value));
}

/** Of an index, a column or a constraint: points are letters of it. */
export function identifierOf(value: Value | undefined): string | undefined {
  const text = plainText(value);
  return sqlOf(value) ?? (text === undefined ? undefined : quoted(text));
}

function dotted(text: string | undefined): string | undefined {
  return text?.split('.').map((part) => quoted(part.trim())).join('.');
}

/** The SQL of the tag; undefined for anything else, and where values are sent beside it. */
export function sqlOf(value: Value | undefined): string | undefined {
  const fragment = fragmentOf(value);
  if (fragment === undefined) return undefined;
  const texts = fragment.map((part) => ('parameter' in part ? undefined : part.text));
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** As it is given. */
export function typeOf(value: Value | undefined): string | undefined {
  return sqlOf(value) ?? plainText(value);
}

/** A value that is written in place. */
export function valueOf(value: Value | undefined): string | undefined {
  const sql = sqlOf(value);
  const reading = value && sql === undefined ? plainOf(value) : undefined;
  return sql ?? (reading?.kind === 'plain' ? literalOf(reading.value) : undefined);
}

export function literalOf(value: Plain): string | undefined {
  if (isRecord(value) || isList(value) || value === undefined) return undefined;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** A list of columns with commas. */
export function listOf(value: Value | undefined, write: (item: Value) => string | undefined = identifierOf): string | undefined {
  const texts = value?.kind === 'list' ? value.items.map(write) : [undefined];
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

/** `created_at desc`. */
export function orderedOf(value: Value): string | undefined {
  const [name, order] = plainText(value)?.split(' ') ?? [];
  return sqlOf(value) ?? (name === undefined ? undefined : `${dotted(name) ?? ''}${order === undefined ? '' : ` ${order}`}`);
}
