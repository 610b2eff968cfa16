// Expressions of SQL inside of what the operations of Alembic are given: texts, functions, constants.

import { plainText, type Value } from '../../tree/value.ts';
import { literal } from './identifiers.ts';

/** `text('now()')`, `func.now()`, `true()`; undefined for what is not known here. */
export function clauseOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'made') return undefined;
  const { path, call } = value;
  const isPlain = call.isWhole && call.named.size === 0;
  if (/^sqlalchemy(?:\.sql(?:\.expression|\.elements)?)?\.(?:text|literal_column)$/.test(path) && isPlain && call.args.length === 1) return plainText(call.args[0])?.replace(/\\(:)/g, '$1');
  const constant = /^sqlalchemy(?:\.sql(?:\.expression)?)?\.(true|false|null)$/.exec(path)?.[1];
  if (constant !== undefined) return constant === 'null' ? 'NULL' : constant;
  const name = /^sqlalchemy(?:\.sql)?(?:\.functions)?\.func\.(\w+)$/.exec(path)?.[1];
  if (name === undefined || !isPlain || call.args.length > 0) return undefined;
  return /^(?:current_timestamp|current_date|current_time|current_user|session_user|localtime|localtimestamp|user)$/i.test(name) ? name.toUpperCase() : `${name}()`;
}

/** A default of the server, or a text that stands for one. */
export function defaultOf(value: Value | undefined): string | undefined {
  const text = plainText(value);
  return text === undefined ? clauseOf(value) : literal(text);
}
