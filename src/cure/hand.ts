// SQL in the hand of the file: its keywords large or small, its names quoted where they have to be.

import type { RelationName } from '../model/names.ts';
import { isKeyword } from '../postgres/keywords.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';

/** A template whose words are keywords, and whose values are names, values and pieces of SQL as they are to be written. */
export type Hand = (words: TemplateStringsArray, ...values: readonly string[]) => string;

/** As the statement writes its own first word. */
export function handOf({ text }: SourceText, statement: Span): Hand {
  const first = sqlTokens(text, statement.start, statement.end).next().value;
  const isSmall = first !== undefined && /^[a-z]+$/.test(text.slice(first.start, first.end));
  return (words, ...values) => words.map((word, index) => (isSmall ? word.toLowerCase() : word) + (values[index] ?? '')).join('');
}

/** As PostgreSQL's quote_ident() does it. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !isKeyword(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function quotedName({ schema, name }: RelationName): string {
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

export function quotedList(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}

/** `'…'` */
export function literal(text: string): string {
  return text.includes('\\') ? ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`;
}
