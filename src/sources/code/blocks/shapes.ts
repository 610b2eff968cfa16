// What is made of pieces of Ruby and Elixir that were read.

import type { Span } from '../../../text/span.ts';
import type { Argument, Expression, Statement } from '../tree/tree.ts';
import type { Segment } from './tokens.ts';

/** The last expression of a function is its result, and that of a branch where it is the last of a function. */
export function returning(body: readonly Statement[]): readonly Statement[] {
  const last = body.at(-1);
  const before = body.slice(0, -1);
  if (last?.kind === 'expression') return [...before, { kind: 'return', value: last.value, place: last.place }];
  return last?.kind === 'choice' && last.no.length > 0 ? [...before, { ...last, yes: returning(last.yes), no: returning(last.no) }] : body;
}

/** Of `%w[a b]`. */
export function wordsIn(segment: Segment): readonly Argument[] {
  if (segment.kind === 'inserted') return [{ name: undefined, value: { kind: 'other', parts: [], place: segment.place }, isSpread: false }];
  const { text, place } = segment.piece;
  return Array.from(text.matchAll(/\S+/g), ({ 0: word, index }): Argument => {
    const at = { start: place.start + index, end: place.start + index + word.length };
    return { name: undefined, value: { kind: 'text', parts: [{ kind: 'written', piece: { text: word, place: at } }], place: at }, isSpread: false };
  });
}

/** `a |> f(b)` is `f(a, b)`. */
export function combined(operator: string, left: Expression, right: Expression, place: Span): Expression {
  if (operator === '|>' && right.kind === 'call') return { ...right, args: [{ name: undefined, value: left, isSpread: false }, ...right.args], place };
  if (operator === '|>' && right.kind === 'name') return { kind: 'call', callee: right, args: [{ name: undefined, value: left, isSpread: false }], place };
  const same: Readonly<Record<string, string>> = { '<>': '+', '&&': 'and', '||': 'or', '++': '+' };
  return { kind: 'binary', operator: same[operator] ?? operator, left, right, place };
}

export function negated(operand: Expression): Expression {
  return { kind: 'unary', operator: 'not', operand, place: operand.place };
}
