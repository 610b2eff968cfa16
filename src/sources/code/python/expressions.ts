// Reads expressions of Python. Source: docs.python.org/3/reference/expressions.html.

import type { Span } from '../../../text/span.ts';
import type { Argument, Definition, Entry, Expression, Parameter } from '../tree/tree.ts';
import { Cursor } from './cursor.ts';
import { textParts } from './text-parts.ts';
import { tokensOf } from './tokens.ts';

/** One, or several with commas between them, which are a list then. */
export function readExpressions(cursor: Cursor): Expression {
  const { place } = cursor.token;
  const items: Argument[] = [];
  let isList = false;
  do {
    if (items.length > 0 && isAtEnd(cursor)) break;
    items.push(readItem(cursor));
    isList ||= cursor.is(',');
  } while (cursor.takes(','));
  const [first] = items;
  return first && !isList && !first.isSpread ? first.value : { kind: 'list', items, place: cursor.since(place) };
}

function isAtEnd(cursor: Cursor): boolean {
  return cursor.isAtLineEnd || cursor.is(')', ']', '}', '=', ':', 'in');
}

function readItem(cursor: Cursor): Argument {
  const isSpread = cursor.takes('*');
  return { name: undefined, value: readExpression(cursor), isSpread };
}

/** Total: where nothing can be read, the token is left behind. */
export function readExpression(cursor: Cursor): Expression {
  return cursor.deeper(() => readChoice(cursor)) ?? other(cursor, cursor.next().place, []);
}

function other(cursor: Cursor, start: Span, parts: readonly Expression[]): Expression {
  return { kind: 'other', parts, place: cursor.since(start) };
}

function readChoice(cursor: Cursor): Expression {
  if (cursor.is('lambda')) return readLambda(cursor);
  const yes = readBinary(cursor, 0);
  if (cursor.takes(':=')) return { kind: 'assignment', target: yes, value: readExpression(cursor), place: cursor.since(yes.place) };
  if (!cursor.is('if') || cursor.isInFilter) return yes;
  cursor.next();
  const test = readBinary(cursor, 0);
  if (!cursor.takes('else')) return other(cursor, yes.place, [yes, test]);
  return { kind: 'choice', test, yes, no: readExpression(cursor), place: cursor.since(yes.place) };
}

function readLambda(cursor: Cursor): Expression {
  const { place } = cursor.next();
  const parameters = readParameters(cursor, ':');
  cursor.takes(':');
  const value = readExpression(cursor);
  const made: Definition = { parameters, body: [{ kind: 'return', value, place: value.place }] };
  return { kind: 'function', made, place: cursor.since(place) };
}

/** Up to the mark that ends them. */
export function readParameters(cursor: Cursor, close: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  while (cursor.token.kind !== 'end' && !cursor.is(close)) {
    const takes = cursor.takes('**') ? 'named-rest' : cursor.takes('*') ? 'rest' : 'one';
    const { kind, text } = cursor.token;
    if (kind === 'name') {
      cursor.next();
      if (close === ')' && cursor.takes(':')) readExpression(cursor);
      parameters.push({ name: text, takes, otherwise: cursor.takes('=') ? readExpression(cursor) : undefined });
    } else if (!cursor.is(',')) cursor.next();
    cursor.takes(',');
  }
  return parameters;
}

/** From those that bind least to those that bind most. */
const levels: readonly (readonly string[])[] = [['or'], ['and'], ['not'], ['in', 'is', 'not', '==', '!=', '<', '>', '<=', '>='], ['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']];

const unaryLevel = 2;

function readBinary(cursor: Cursor, level: number): Expression {
  const marks = levels[level];
  if (marks === undefined) return readUnary(cursor);
  if (level === unaryLevel) return cursor.is('not') ? readNegation(cursor) : readBinary(cursor, level + 1);
  let left = readBinary(cursor, level + 1);
  while (cursor.is(...marks)) {
    const operator = operatorAt(cursor);
    if (operator === undefined) break;
    const right = readBinary(cursor, level + 1);
    left = { kind: 'binary', operator, left, right, place: cursor.since(left.place) };
  }
  return left;
}

function readNegation(cursor: Cursor): Expression {
  const { place } = cursor.next();
  const operand = cursor.deeper(() => readBinary(cursor, unaryLevel)) ?? other(cursor, place, []);
  return { kind: 'unary', operator: 'not', operand, place: cursor.since(place) };
}

/** `not in`, `is not`; undefined for a `not` that belongs to nothing here. */
function operatorAt(cursor: Cursor): string | undefined {
  const { text } = cursor.token;
  if (text === 'not' && cursor.peek(1).text !== 'in') return undefined;
  cursor.next();
  if (text === 'not') {
    cursor.next();
    return 'not in';
  }
  return text === 'is' && cursor.takes('not') ? 'is not' : text;
}

function readUnary(cursor: Cursor): Expression {
  const { place, text } = cursor.token;
  if (cursor.takes('await')) return readPower(cursor);
  if (!cursor.takes('-', '+', '~')) return readPower(cursor);
  const operand = cursor.deeper(() => readUnary(cursor)) ?? other(cursor, place, []);
  return text === '+' ? operand : { kind: 'unary', operator: text, operand, place: cursor.since(place) };
}

function readPower(cursor: Cursor): Expression {
  const base = readTrailers(cursor, readAtom(cursor));
  if (!cursor.takes('**')) return base;
  return other(cursor, base.place, [base, cursor.deeper(() => readUnary(cursor)) ?? base]);
}

/** `.name`, `(…)`, `[…]`. */
function readTrailers(cursor: Cursor, first: Expression): Expression {
  let object = first;
  for (;;) {
    if (cursor.takes('.')) {
      const { text: name, place: at } = cursor.next();
      object = { kind: 'member', object, name, at, place: cursor.since(first.place) };
    } else if (cursor.takes('(')) object = { kind: 'call', callee: object, args: readArguments(cursor), place: cursor.since(first.place) };
    else if (cursor.takes('[')) {
      const key = readKey(cursor);
      object = key ? { kind: 'item', object, key, place: cursor.since(first.place) } : other(cursor, first.place, [object]);
    } else return object;
  }
}

/** Undefined for a slice. */
function readKey(cursor: Cursor): Expression | undefined {
  const key = cursor.is(':') ? undefined : readExpressions(cursor);
  const isKey = cursor.is(']');
  while (!cursor.isAtLineEnd && !cursor.takes(']')) {
    if (!cursor.takes(':', ',')) readExpression(cursor);
  }
  return isKey ? key : undefined;
}

function readArguments(cursor: Cursor): readonly Argument[] {
  return cursor.filtering(false, () => {
    const args: Argument[] = [];
    while (!cursor.isAtLineEnd && !cursor.takes(')')) {
      args.push(readArgument(cursor));
      cursor.takes(',');
    }
    return args;
  });
}

function readArgument(cursor: Cursor): Argument {
  const { kind, text } = cursor.token;
  const isNamed = kind === 'name' && cursor.peek(1).kind === 'mark' && cursor.peek(1).text === '=';
  if (isNamed) {
    cursor.next();
    cursor.next();
    return { name: text, value: readExpression(cursor), isSpread: false };
  }
  const isSpread = cursor.takes('*', '**');
  const value = readExpression(cursor);
  return { name: undefined, value: cursor.is('for', 'async') ? readEach(cursor, value) : value, isSpread };
}

/** `x for y in z if w`; of several loops in each other, nobody knows the results. */
function readEach(cursor: Cursor, result: Expression): Expression {
  cursor.takes('async');
  cursor.takes('for');
  const pattern = readPattern(cursor);
  cursor.takes('in');
  const of = cursor.filtering(true, () => readBinary(cursor, 0));
  const test = cursor.takes('if') ? cursor.filtering(true, () => readBinary(cursor, 0)) : undefined;
  const each: Expression = { kind: 'each', result, pattern, of, test, place: cursor.since(result.place) };
  if (!cursor.is('for', 'if', 'async')) return each;
  const parts = [result, of];
  while (cursor.takes('for', 'if', 'async')) parts.push(readExpressions(cursor), ...(cursor.takes('in') ? [readExpression(cursor)] : []));
  return other(cursor, result.place, parts);
}

/** The names of a loop. */
export function readPattern(cursor: Cursor): Expression {
  const { place } = cursor.token;
  const items: Argument[] = [];
  do {
    if (cursor.is('in')) break;
    const isSpread = cursor.takes('*');
    items.push({ name: undefined, value: cursor.deeper(() => readTrailers(cursor, readAtom(cursor))) ?? other(cursor, place, []), isSpread });
  } while (cursor.takes(','));
  const [first] = items;
  return first && items.length === 1 ? first.value : { kind: 'list', items, place: cursor.since(place) };
}

function readAtom(cursor: Cursor): Expression {
  const { kind, text, place } = cursor.token;
  if (kind === 'text') return readText(cursor);
  if (kind === 'number') {
    cursor.next();
    const value = Number(text.replaceAll('_', ''));
    return Number.isNaN(value) ? other(cursor, place, []) : { kind: 'constant', value, place };
  }
  if (cursor.is('(', '[')) return cursor.filtering(false, () => readBrackets(cursor));
  if (cursor.is('{')) return cursor.filtering(false, () => readBraces(cursor));
  if (cursor.isAtLineEnd) return other(cursor, place, []);
  cursor.next();
  if (kind !== 'name') return other(cursor, place, []);
  if (text === 'yield') return isAtEnd(cursor) ? other(cursor, place, []) : other(cursor, place, [readExpressions(cursor)]);
  const constant = constants.get(text);
  return constant === undefined ? { kind: 'name', name: text, place } : { kind: 'constant', value: constant, place };
}

const constants: ReadonlyMap<string, boolean | null> = new Map([['True', true], ['False', false], ['None', null]]);

/** Texts behind each other are one. */
function readText(cursor: Cursor): Expression {
  const { code } = cursor;
  const { place } = cursor.token;
  const read = (span: Span): Expression => {
    const inner = new Cursor(code, tokensOf(code, span.start, span.end).tokens);
    return cursor.deeper(() => readExpressions(inner)) ?? { kind: 'other', parts: [], place: span };
  };
  const parts = [];
  for (let { token } = cursor; token.kind === 'text'; { token } = cursor) {
    parts.push(...textParts(code, token, read));
    cursor.next();
  }
  return { kind: 'text', parts, place: cursor.since(place) };
}

function readBrackets(cursor: Cursor): Expression {
  const isRound = cursor.is('(');
  const { place } = cursor.next();
  const items: Argument[] = [];
  let hasComma = false;
  while (!cursor.isAtLineEnd && !cursor.takes(')', ']')) {
    const item = readItem(cursor);
    if (cursor.is('for', 'async')) {
      const each = readEach(cursor, item.value);
      cursor.takes(')', ']');
      return each;
    }
    items.push(item);
    if (cursor.takes(',')) hasComma = true;
    else if (!cursor.is(')', ']')) readExpression(cursor);
  }
  const [first] = items;
  if (isRound && first && !hasComma) return first.value;
  return { kind: 'list', items, place: cursor.since(place) };
}

/** `{a: b}`, `{**a}`, `{a, b}`, `{a: b for …}`. */
function readBraces(cursor: Cursor): Expression {
  const { place } = cursor.next();
  const entries: Entry[] = [];
  const items: Argument[] = [];
  const parts: Expression[] = [];
  while (!cursor.isAtLineEnd && !cursor.takes('}')) {
    const isSpread = cursor.takes('**');
    const item = readItem(cursor);
    if (isSpread) entries.push({ key: undefined, value: item.value });
    else if (cursor.takes(':')) entries.push({ key: item.value, value: readExpression(cursor) });
    else items.push(item);
    if (cursor.is('for', 'async')) parts.push(readEach(cursor, entries.at(-1)?.value ?? item.value));
    cursor.takes(',');
  }
  if (parts.length > 0) return other(cursor, place, parts);
  return items.length > 0 ? { kind: 'list', items, place: cursor.since(place) } : { kind: 'record', entries, place: cursor.since(place) };
}
