// What a message tells of the books of a migration tool: that a migration begins, was run, or was taken back.

import { nameOf } from '../text/definitions.ts';
import { sqlTokens, type Token } from '../text/sql-tokens.ts';
import { besideTables, bookkeepers, type Bookkeeper } from './bookkeepers.ts';
import type { RecordedMessage } from './recording.ts';

/** `other`: the tool looks into its books, or makes them. */
export interface Note {
  readonly kind: 'begun' | 'done' | 'undone' | 'other';
  /** Without its schema, in lower case. */
  readonly table: string;
  /** As its makers write it; undefined where several tools have such a table. */
  readonly title: string | undefined;
  /** What the migration is known by, from the surest on; empty where it does not say so. */
  readonly names: readonly string[];
}

/** What messages tell of the books that are kept in them: undefined for a message that has nothing to do with those. */
export function notesOf(messages: readonly RecordedMessage[]): readonly (Note | undefined)[] {
  const notes = messages.map(noteOf);
  const kept = new Set(notes.flatMap((note) => (note && note.kind !== 'other' ? [note.table] : [])));
  // A table whose name could be anybody's is one of books where rows of migrations are written to it, and to no other.
  const hasOther = [...kept].some((table) => !isCommon(table));
  const isMeant = ({ table }: Note): boolean => !isCommon(table) || (kept.has(table) && !hasOther);
  return notes.map((note) => (note && isMeant(note) ? note : undefined));
}

/** Undefined for a message that speaks of no table that could be one of books. */
export function noteOf({ sql, values = [] }: RecordedMessage): Note | undefined {
  const words = wordsOf(sql);
  const found = words.findIndex(({ name }) => name !== undefined && isOfBooks(name));
  const table = words[found]?.name?.toLowerCase();
  if (table === undefined) return undefined;
  const keeper = bookkeepers.get(table);
  const verb = words[0]?.text.toUpperCase() ?? '';
  if (keeper === undefined || !isTarget(verb, words, found)) return { kind: 'other', table, title: keeper?.title, names: [] };
  const given = verb === 'DELETE' || verb === 'TRUNCATE' ? new Map<string, string>() : verb === 'UPDATE' ? assigned(words, values) : inserted(words, values, keeper);
  return { kind: kindOf(verb, keeper), table, title: keeper.title, names: keeper.columns.flatMap((column) => given.get(column.toLowerCase()) ?? []) };
}

function isOfBooks(name: string): boolean {
  return bookkeepers.has(name.toLowerCase()) || besideTables.has(name.toLowerCase());
}

function isCommon(table: string): boolean {
  return table === 'migrations' || table === 'schema_version' || table === 'schema_info';
}

interface Word {
  readonly text: string;
  /** Of a name, without its quotes. */
  readonly name: string | undefined;
}

/** Of a message, so many tokens are looked at: books are not kept in longer ones. */
const MOST_TOKENS = 500;

function wordsOf(sql: string): readonly Word[] {
  const words: Word[] = [];
  for (const token of sqlTokens(sql)) {
    if (token.kind === 'comment') continue;
    if (words.length >= MOST_TOKENS) break;
    words.push({ text: sql.slice(token.start, token.end), name: isName(token) ? nameOf(token, sql) : undefined });
  }
  return words;
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted-name';
}

const leads: Readonly<Record<string, readonly string[]>> = { INSERT: ['INTO'], UPDATE: ['UPDATE', 'ONLY'], DELETE: ['FROM', 'ONLY'], TRUNCATE: ['TRUNCATE', 'TABLE', 'ONLY'] };

/** Behind `INSERT INTO`, with its schema or without. */
function isTarget(verb: string, words: readonly Word[], at: number): boolean {
  const before = words[at - 1]?.text === '.' ? at - 3 : at - 1;
  return leads[verb]?.includes(words[before]?.text.toUpperCase() ?? '') === true;
}

function kindOf(verb: string, { isWrittenFirst = false }: Bookkeeper): Note['kind'] {
  if (verb === 'INSERT') return isWrittenFirst ? 'begun' : 'done';
  return verb === 'UPDATE' ? 'done' : 'undone';
}

/** Of the first row. Where no columns are named, a single value is that by which a migration is known. */
function inserted(words: readonly Word[], values: RecordedMessage['values'], keeper: Bookkeeper): ReadonlyMap<string, string> {
  const open = words.findIndex(({ text }) => text === '(');
  if (words[open - 1]?.text.toUpperCase() === 'VALUES') {
    const [value = [], ...others] = groupsFrom(words, open);
    return new Map(others.length > 0 ? [] : pairOf(keeper.columns[0], value, values));
  }
  const row = words.findIndex(({ text }, index) => index > open && text === '(' && words[index - 1]?.text.toUpperCase() === 'VALUES');
  const columns = groupsFrom(words, open).map((group) => group[0]?.name?.toLowerCase() ?? '');
  return new Map(groupsFrom(words, row).flatMap((group, index) => pairOf(columns[index], group, values)));
}

/** `SET version_num = $1`. */
function assigned(words: readonly Word[], values: RecordedMessage['values']): ReadonlyMap<string, string> {
  return new Map(words.flatMap(({ name }, index) => (words[index + 1]?.text === '=' ? pairOf(name?.toLowerCase(), words.slice(index + 2, index + 3), values) : [])).toReversed());
}

/** What stands between commas in a pair of parentheses. */
function groupsFrom(words: readonly Word[], open: number): readonly (readonly Word[])[] {
  if (open < 0) return [];
  const groups: Word[][] = [[]];
  let depth = 0;
  for (const word of words.slice(open + 1)) {
    if (word.text === ')' && depth === 0) return groups;
    depth += word.text === '(' ? 1 : word.text === ')' ? -1 : 0;
    if (word.text === ',' && depth === 0) groups.push([]);
    else groups.at(-1)?.push(word);
  }
  return groups;
}

/** A text, a number, or the value of a parameter. */
function pairOf(column: string | undefined, [first]: readonly Word[], values: RecordedMessage['values'] = []): [string, string][] {
  if (column === undefined || first === undefined) return [];
  const parameter = /^\$(\d+)$/.exec(first.text)?.[1];
  const text = parameter === undefined ? /^(?:[eE]?'(?<text>[^]*)'|(?<number>\d+))$/.exec(first.text)?.groups : undefined;
  const value = parameter === undefined ? (text?.['text']?.replaceAll("''", "'") ?? text?.['number']) : values[Number(parameter) - 1];
  return value === undefined || value === null ? [] : [[column, value]];
}
