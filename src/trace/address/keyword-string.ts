// Connections as keywords and values: `host=localhost dbname='my shop'`. Source: conninfo_parse() in fe-connect.c.

import { addressError, isParameter, unknownParameter, type Parameters } from './parameters.ts';

/** The last of a name counts. */
export function parseKeywords(text: string): Parameters {
  const parameters = new Map<string, string>();
  let at = 0;
  const skipSpace = (): void => {
    while (isSpace(text.charAt(at))) at += 1;
  };
  for (skipSpace(); at < text.length; skipSpace()) {
    const start = at;
    while (at < text.length && text.charAt(at) !== '=' && !isSpace(text.charAt(at))) at += 1;
    const name = text.slice(start, at);
    skipSpace();
    if (text.charAt(at) !== '=') throw addressError('a parameter has no = and no value; values with spaces stand in single quotes');
    at += 1;
    skipSpace();
    const { value, end } = valueAt(text, at);
    at = end;
    if (!isParameter(name)) throw unknownParameter();
    parameters.set(name, value);
  }
  return parameters;
}

interface Value {
  readonly value: string;
  readonly end: number;
}

/** A backslash takes the next character as it is, in quotes and outside of them. */
function valueAt(text: string, start: number): Value {
  const isQuoted = text.charAt(start) === "'";
  let value = '';
  let at = isQuoted ? start + 1 : start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted ? character === "'" : isSpace(character)) return { value, end: at + 1 };
    if (character === '\\') at += 1;
    value += text.charAt(at);
  }
  if (isQuoted) throw addressError('a value in single quotes has no end');
  return { value, end: at };
}

function isSpace(character: string): boolean {
  return /^[ \t\n\r\f\v]$/.test(character);
}
