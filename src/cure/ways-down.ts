// The way down of a migration that was cured: it takes back what a cure has left in the file, and does not fail on what further migrations have
// taken back before it, nor on what is not made any more.

import type { Cure, Edit } from '../model/cure.ts';
import { nameOf } from '../text/definitions.ts';
import { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { isWord, tokensOf } from './tokens-of.ts';

/** `spans`: where the way down stands in the text. Where nothing is done in it, nothing is added. */
export function editsOfWayDown(text: string, spans: readonly Span[], { undo, unmade, further }: Pick<Cure, 'undo' | 'unmade' | 'further'>): readonly Edit[] {
  const source = new SourceText('', text);
  const gone = new Set([...unmade, ...further.flatMap((one) => one.undo)].flatMap((statement) => dropsIn(new SourceText('', statement), { start: 0, end: statement.length })).map(({ key }) => key));
  const forgiving = spans.flatMap((span) => dropsIn(source, span)).flatMap(({ key, behindWords, isForgiving, isSmall }): Edit[] => {
    return gone.has(key) && !isForgiving ? [{ span: { start: behindWords, end: behindWords }, text: isSmall ? ' if exists' : ' IF EXISTS' }] : [];
  });
  const first = spans.flatMap((span) => tokensOf(source, span)).at(0);
  return first === undefined || undo.length === 0 ? forgiving : [before(first.start, undo, text), ...forgiving];
}

/** Each on a line that begins as that of the first statement does: `--rollback `. */
function before(at: number, statements: readonly string[], text: string): Edit {
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start: at, end: at }, text: statements.map((statement) => `${statement};${lineEnd}${text.slice(start, at)}`).join('') };
}

interface Drop {
  /** What is dropped: its kind and its name, without a schema. */
  readonly key: string;
  readonly behindWords: number;
  readonly isForgiving: boolean;
  readonly isSmall: boolean;
}

/** DROP INDEX and DROP CONSTRAINT. */
function dropsIn(source: SourceText, span: Span): readonly Drop[] {
  const tokens = tokensOf(source, span);
  return tokens.flatMap((token, at): Drop[] => {
    const kind = ['INDEX', 'CONSTRAINT'].find((word) => isWord(token, 'DROP', source) && isWord(tokens[at + 1], word, source));
    if (kind === undefined) return [];
    const last = isWord(tokens[at + 2], 'CONCURRENTLY', source) ? at + 2 : at + 1;
    const isForgiving = isWord(tokens[last + 1], 'IF', source);
    const first = last + (isForgiving ? 3 : 1);
    const isQualified = tokens[first + 1] !== undefined && source.slice(tokens[first + 1] ?? span) === '.';
    const [named, behind] = [tokens[isQualified ? first + 2 : first], tokens[last]];
    const name = named && nameOf(named, source.text);
    return name === undefined || behind === undefined ? [] : [{ key: `${kind} ${name}`, behindWords: behind.end, isForgiving, isSmall: /^[a-z]/.test(source.slice(token)) }];
  });
}
