// Texts that nobody would write: fixtures, cut, mixed and broken.

import { sqlTokens, type Token } from '../../src/text/sql-tokens.ts';
import type { Random } from './random.ts';

/** What a mistake, a tool or an enemy may put into a migration. */
const strangers: readonly string[] = [
  ';', ';;', "'", '"', '$$', '$a$', '/*', '*/', '--', '(', ')', '[', ']', ',', '.', '::', '\\', '\\d', '\\copy t from stdin', '\\.', '${x}', ':x', "{{ .X }}",
  'E\'\\', "U&'\\0041'", '$1', '1e999', '0x', '99999999999999999999', '\0', '\u202e', '\ufeff', '\ud800', '💥', 'é'.normalize('NFD'), '\u2028', '\r', '\n', '\t\v\f',
  'BEGIN;', 'COMMIT;', 'ROLLBACK;', 'SAVEPOINT s;', 'ROLLBACK TO s;', 'DO $$ BEGIN', 'END $$;', 'CONCURRENTLY', 'ONLY', 'IF EXISTS', 'IF NOT EXISTS', 'CASCADE',
  'NOT VALID', 'NULL', 'DEFAULT', 'AS', 'ON', 'TABLE', 'INDEX', 'ALTER TABLE', 'CREATE', 'DROP', 'SET LOCAL lock_timeout = 0;', 'x'.repeat(70), '-- pgmigrate-lint-ignore',
  '-- +goose Up\n', '-- migrate:up\n', '--liquibase formatted sql\n--changeset a:b\n', 'COPY t FROM stdin;\n', '\u001b[31m', '::error::x', '%0A',
];

export function mutant(corpus: readonly string[], random: Random): string {
  let text = random.pick(corpus);
  for (let count = 1 + random.number(4); count > 0; count -= 1) text = random.pick(mutations)(text, random, corpus);
  return text.slice(0, 20_000);
}

type Mutation = (text: string, random: Random, corpus: readonly string[]) => string;

const mutations: readonly Mutation[] = [
  (text, random) => text.slice(0, random.number(text.length + 1)),
  (text, random) => text.slice(random.number(text.length + 1)),
  (text, random) => atToken(text, random, () => ''),
  (text, random) => atToken(text, random, (word) => `${word} ${word}`),
  (text, random) => atToken(text, random, () => random.pick(strangers)),
  (text, random) => atToken(text, random, (word) => `${word}${random.pick(strangers)}`),
  (text, random) => atToken(text, random, (word) => (random.number(2) === 0 ? word.toUpperCase() : `"${word}"`)),
  (text, random) => atToken(text, random, () => wordOf(text, random)),
  (text, random) => {
    const at = random.number(text.length + 1);
    return text.slice(0, at) + random.pick(strangers) + text.slice(at);
  },
  (text, random, corpus) => `${text}\n${random.pick(corpus)}`,
  (text, random, corpus) => {
    const other = random.pick(corpus);
    return text.slice(0, random.number(text.length + 1)) + other.slice(random.number(other.length + 1));
  },
  (text, random) => text.repeat(1 + random.number(4)),
  (text) => text.replaceAll('\n', '\r\n'),
];

function atToken(text: string, random: Random, change: (word: string) => string): string {
  const token = anyToken(text, random);
  if (token === undefined) return text;
  return text.slice(0, token.start) + change(text.slice(token.start, token.end)) + text.slice(token.end);
}

function wordOf(text: string, random: Random): string {
  const token = anyToken(text, random);
  return token === undefined ? '' : text.slice(token.start, token.end);
}

function anyToken(text: string, random: Random): Token | undefined {
  const tokens = [...sqlTokens(text)];
  return tokens.length === 0 ? undefined : random.pick(tokens);
}
