// Edits of a text whose statements have more than a semicolon between them: `--> statement-breakpoint`.

import type { Edit } from '../model/cure.ts';
import { SourceText } from '../text/source-text.ts';
import { tokensOf } from './tokens-of.ts';

/** What takes a statement out takes what stands behind it, too. `between`: on the line of the semicolon, or on the next. */
export function separated(text: string, edits: readonly Edit[], between: string): readonly Edit[] {
  return edits.map((edit) => (edit.text === '' ? withSeparator(text, edit, between) : { ...edit, text: withSeparators(edit.text, between) }));
}

/** Behind each semicolon that ends a line, where it does not stand there already. */
function withSeparators(written: string, between: string): string {
  const source = new SourceText('', written);
  const ends = tokensOf(source, { start: 0, end: written.length }).filter((token) => source.slice(token) === ';').map(({ end }) => end);
  const open = ends.filter((end) => /^[ \t]*\r?\n/.test(written.slice(end)) && !written.slice(end).trimStart().startsWith(between));
  return open.toReversed().reduce((all, end) => all.slice(0, end) + between + all.slice(end), written);
}

function withSeparator(text: string, { span, text: written }: Edit, between: string): Edit {
  const behind = /^\s*/.exec(text.slice(span.end))?.[0].length ?? 0;
  const at = span.end + behind;
  if (text.startsWith(between, at)) return { span: { start: span.start, end: at + between.length + (/^[ \t]*(?:\r\n|\n)?/.exec(text.slice(at + between.length))?.[0].length ?? 0) }, text: written };
  const before = text.slice(0, span.start).trimEnd();
  const isLast = at === text.length && before.endsWith(between);
  return { span: isLast ? { start: before.length - between.length, end: span.end } : span, text: written };
}
