// The parts of a text of Python: what is written as it is, escapes, and values in braces.

import type { Span } from '../../../text/span.ts';
import type { Expression, TextPart } from '../tree/tree.ts';
import { braceEnd, type Token } from './tokens.ts';

type Text = Extract<Token, { readonly kind: 'text' }>;

/** An escape, the end of a line, and in a text with values a brace. Source: docs.python.org/3/reference/lexical_analysis.html#escape-sequences. */
const special = /\\(?:N\{[^}\n]{1,80}\}|U[\da-fA-F]{8}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[0-7]{1,3}|\r\n|[^])|\r\n?|\{\{|\}\}|\{/g;

/** `read`: the expression that stands there. */
export function textParts(code: string, { prefix, inner, place }: Text, read: (span: Span) => Expression): readonly TextPart[] {
  const parts: TextPart[] = [];
  const hasValues = /[ft]/.test(prefix);
  const quote = code.slice(inner.end, place.end);
  let from = inner.start;
  const written = (text: string, start: number, end: number): void => {
    if (text !== '') parts.push({ kind: 'written', piece: { text, place: { start, end } } });
  };
  special.lastIndex = 0;
  for (const { 0: found, index } of code.slice(inner.start, inner.end).matchAll(special)) {
    const start = inner.start + index;
    const end = start + found.length;
    if (start < from || (!hasValues && /^[{}]/.test(found)) || (prefix.includes('r') && found.startsWith('\\'))) continue;
    const close = found === '{' ? braceEnd(code, { start: end, end: inner.end }, quote) : undefined;
    if (close !== undefined && close < end) continue;
    written(code.slice(from, start), from, start);
    from = close === undefined ? end : close + 1;
    if (close === undefined) written(found.startsWith('\\') ? unescaped(found) : /^[{}]/.test(found) ? found.charAt(0) : '\n', start, end);
    else parts.push({ kind: 'inserted', value: insertedIn(code, { start: end, end: close }, read), place: { start, end: from } });
  }
  written(code.slice(from, inner.end), from, inner.end);
  return parts;
}

/** How a value is to be shown stands behind `!` or `:`, and then only a run knows how it looks. */
function insertedIn(code: string, { start, end }: Span, read: (span: Span) => Expression): Expression {
  const written = code.slice(start, end);
  const sign = /(?<![!=<>:])[!:](?!=)|=\s*$/.exec(written);
  const isPlain = sign === null || /['"([{]/.test(written.slice(0, sign.index));
  if (isPlain) return read({ start, end });
  const value = read({ start, end: start + sign.index });
  const isSame = sign[0] === '!' && written.slice(sign.index) === '!s';
  return isSame ? value : { kind: 'other', parts: [value], place: value.place };
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', '\n': '', '\r\n': '', '\r': '', '\\': '\\', "'": "'", '"': '"' };

/** An escape that Python does not know stands for itself. */
function unescaped(written: string): string {
  const behind = written.slice(1);
  const code = /^[xuU]([\da-fA-F]+)$/.exec(behind)?.[1];
  if (code !== undefined) return pointOf(Number.parseInt(code, 16));
  if (/^[0-7]+$/.test(behind)) return pointOf(Number.parseInt(behind, 8));
  return behind.startsWith('N{') ? '\ufffd' : (letters[behind] ?? written);
}

function pointOf(point: number): string {
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
