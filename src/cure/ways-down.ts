// The way down of a migration, where further migrations undo a part of it before: it must not fail on what is gone already.

import type { Edit, FurtherMigration } from '../model/cure.ts';
import { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { tokensOf } from './tokens-of.ts';

/** IF EXISTS in each DROP INDEX of an index that a further migration has dropped then. `spans`: where the way down stands in the text. */
export function forgiving(text: string, spans: readonly Span[], further: readonly FurtherMigration[]): readonly Edit[] {
  const gone = new Set(further.flatMap(({ undo }) => undo).flatMap((statement) => dropsIn(statement, [{ start: 0, end: statement.length }]).map(({ name }) => name)));
  return dropsIn(text, spans).flatMap(({ name, behindWords, isForgiving, words }): Edit[] => {
    const isSmall = /^[a-z]/.test(words);
    return gone.has(name) && !isForgiving ? [{ span: { start: behindWords, end: behindWords }, text: isSmall ? ' if exists' : ' IF EXISTS' }] : [];
  });
}

interface Drop {
  /** Without its schema, as it is written without quotation marks. */
  readonly name: string;
  readonly words: string;
  readonly behindWords: number;
  readonly isForgiving: boolean;
}

function dropsIn(text: string, spans: readonly Span[]): readonly Drop[] {
  const source = new SourceText('', text);
  return spans.flatMap((span) => {
    const tokens = tokensOf(source, span);
    const wordAt = (index: number): string => (tokens[index] ? source.slice(tokens[index]).toUpperCase() : '');
    return tokens.flatMap((token, index): Drop[] => {
      const index2 = index + 1;
      if (wordAt(index) !== 'DROP' || wordAt(index2) !== 'INDEX') return [];
      const last = wordAt(index2 + 1) === 'CONCURRENTLY' ? index2 + 1 : index2;
      const isForgiving = wordAt(last + 1) === 'IF';
      const first = last + 1 + (isForgiving ? 2 : 0);
      const name = tokens[wordAt(first + 1) === '.' ? first + 2 : first];
      const behind = tokens[last];
      return name && behind ? [{ name: unquoted(source.slice(name)), words: source.slice(token), behindWords: behind.end, isForgiving }] : [];
    });
  });
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}
