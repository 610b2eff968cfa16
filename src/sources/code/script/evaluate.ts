// Follows an expression of a script: what it is worth, and what it sends on the way.

import type * as t from '@babel/types';
import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';
import { callOf, madeOf, taggedTemplate } from './call.ts';
import { classOf } from './class.ts';
import { literalPieces } from './literal-pieces.ts';
import type { Scene } from './scene.ts';
import type { Scope } from './scope.ts';
import { isTrue, nothing, plainText, settled, unknown, type MadeRecord, type Value } from './value.ts';

/** Where an expression is followed. */
export interface Position {
  readonly scope: Scope;
  readonly scene: Scene;
  /** The code. */
  readonly text: string;
}

export function evaluate(node: t.Node, position: Position): Value {
  if (!position.scene.step()) return unknown;
  const read = readers[node.type];
  return read ? read(node, position) : unknown;
}

export function placeOf({ start, end }: t.Node): Span {
  return { start: start ?? 0, end: end ?? 0 };
}

type Reader = (node: t.Node, position: Position) => Value;

/** For nodes of one type. */
function on<Type extends t.Node['type']>(type: Type, read: (node: Extract<t.Node, { readonly type: Type }>, position: Position) => Value): readonly [Type, Reader] {
  const is = (node: t.Node): node is Extract<t.Node, { readonly type: Type }> => node.type === type;
  return [type, (node, position) => (is(node) ? read(node, position) : unknown)];
}

const readers: Readonly<Record<string, Reader>> = Object.fromEntries([
  on('StringLiteral', (node) => ({ kind: 'text', pieces: literalPieces(writtenIn(node), placeOf(node).start + 1) })),
  on('TemplateLiteral', (node, position) => ({ kind: 'text', pieces: templatePieces(node, position) })),
  on('TaggedTemplateExpression', taggedTemplate),
  on('NumericLiteral', ({ value }) => ({ kind: 'constant', value })),
  on('BooleanLiteral', ({ value }) => ({ kind: 'constant', value })),
  on('BigIntLiteral', ({ value }) => (/^\d+$/.test(value) ? { kind: 'constant', value: BigInt(value) } : unknown)),
  on('NullLiteral', () => ({ kind: 'constant', value: null })),
  on('Identifier', ({ name }, { scope }) => (name === 'undefined' ? nothing : (scope.find(name) ?? unknown))),
  on('ThisExpression', (_, { scope }) => scope.self ?? unknown),
  on('ArrayExpression', ({ elements }, position) => arrayOf(elements, position)),
  on('ObjectExpression', objectOf),
  on('ArrowFunctionExpression', (node, { scope }) => ({ kind: 'function', node, scope })),
  on('FunctionExpression', (node, { scope }) => ({ kind: 'function', node, scope })),
  on('ClassExpression', (node, position) => classOf(node, position)),
  on('MemberExpression', memberOf),
  on('OptionalMemberExpression', memberOf),
  on('CallExpression', callOf),
  on('OptionalCallExpression', callOf),
  on('NewExpression', madeOf),
  on('BinaryExpression', binary),
  on('LogicalExpression', logical),
  on('ConditionalExpression', ({ test, consequent, alternate }, position) => oneOf(evaluate(test, position), consequent, alternate, position)),
  on('UnaryExpression', ({ operator, argument }, position) => unary(operator, evaluate(argument, position))),
  on('AssignmentExpression', assigned),
  on('SequenceExpression', ({ expressions }, position) => expressions.map((one) => evaluate(one, position)).at(-1) ?? unknown),
  on('AwaitExpression', ({ argument }, position) => settled(evaluate(argument, position), position.scene)),
  on('YieldExpression', ({ argument }, position) => (argument ? settled(evaluate(argument, position), position.scene) : unknown)),
  on('ParenthesizedExpression', ({ expression }, position) => evaluate(expression, position)),
  on('TSAsExpression', ({ expression }, position) => evaluate(expression, position)),
  on('TSSatisfiesExpression', ({ expression }, position) => evaluate(expression, position)),
  on('TSNonNullExpression', ({ expression }, position) => evaluate(expression, position)),
  on('TSTypeAssertion', ({ expression }, position) => evaluate(expression, position)),
  on('TypeCastExpression', ({ expression }, position) => evaluate(expression, position)),
]);

/** Between its quotes. */
function writtenIn({ extra, value }: t.StringLiteral): string {
  const { raw } = extra ?? {};
  return typeof raw === 'string' ? raw.slice(1, -1) : value;
}

export function templatePieces({ quasis, expressions }: t.TemplateLiteral, position: Position): readonly Piece[] {
  return quasis.flatMap((quasi, index) => {
    const expression = expressions[index];
    const written = position.text.slice(placeOf(quasi).start, placeOf(quasi).end);
    return [...literalPieces(written, placeOf(quasi).start), ...(expression ? insertedPieces(expression, position) : [])];
  });
}

/** Its value, or `${name}` where only a run knows it. */
function insertedPieces(expression: t.Node, position: Position): readonly Piece[] {
  return piecesOf(evaluate(expression, position), expression, position.text);
}

export function piecesOf(value: Value, node: t.Node, code: string): readonly Piece[] {
  if (value.kind === 'text') return value.pieces;
  const place = placeOf(node);
  if (value.kind === 'constant') return [{ text: String(value.value), place }];
  const written = code.slice(place.start, place.end);
  const around = { start: place.start - 2, end: place.end + 1 };
  const isInTemplate = code.slice(around.start, around.end) === `\${${written}}`;
  const name = /^\w+$/.test(written) ? written : 'value';
  return [{ text: `\${${name}}`, place: isInTemplate ? around : place }];
}

function arrayOf(elements: readonly (t.Node | null)[], position: Position): Value {
  const items = elements.map((element) => (element ? spread(element, position) : [nothing]));
  return items.includes(undefined) ? unknown : { kind: 'list', items: items.flatMap((item) => item ?? []) };
}

/** Undefined: nobody knows how many there are. */
export function spread(node: t.Node, position: Position): readonly Value[] | undefined {
  if (node.type !== 'SpreadElement') return [evaluate(node, position)];
  const value = evaluate(node.argument, position);
  return value.kind === 'list' ? value.items : undefined;
}

function objectOf({ properties }: t.ObjectExpression, position: Position): MadeRecord {
  const entries = new Map<string, Value>();
  let isWhole = true;
  for (const property of properties) {
    if (property.type === 'SpreadElement') {
      const more = evaluate(property.argument, position);
      if (more.kind === 'record') for (const [name, value] of more.entries) entries.set(name, value);
      isWhole &&= more.kind === 'record' && more.isWhole;
      continue;
    }
    const name = nameOf(property.key, property.computed === true, position);
    if (name === undefined) isWhole = false;
    else entries.set(name, property.type === 'ObjectMethod' ? { kind: 'function', node: property, scope: position.scope } : evaluate(property.value, position));
  }
  return { kind: 'record', made: undefined, entries, isWhole };
}

/** Of a property; undefined where only a run knows it. */
export function nameOf(key: t.Node, isComputed: boolean, position: Position): string | undefined {
  if (!isComputed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  const value = evaluate(key, position);
  return value.kind === 'constant' ? String(value.value) : plainText(value);
}

function memberOf(node: t.MemberExpression | t.OptionalMemberExpression, position: Position): Value {
  const object = evaluate(node.object, position);
  const name = nameOf(node.property, node.computed, position);
  return name === undefined ? unknown : entryOf(object, name);
}

export function entryOf(object: Value, name: string): Value {
  if (object.kind === 'handle') return object.get(name);
  if (object.kind === 'record') return object.entries.get(name) ?? (object.isWhole && object.made === undefined ? nothing : unknown);
  if (object.kind === 'list' && name === 'length') return { kind: 'constant', value: object.items.length };
  if (object.kind === 'list' && /^\d+$/.test(name)) return object.items[Number(name)] ?? nothing;
  return unknown;
}

function binary({ operator, left, right }: t.BinaryExpression, position: Position): Value {
  const [one, other] = [evaluate(left, position), evaluate(right, position)];
  if (operator === '+' && (one.kind === 'text' || other.kind === 'text')) return { kind: 'text', pieces: [...piecesOf(one, left, position.text), ...piecesOf(other, right, position.text)] };
  const isSame = sameness(one, other);
  if (isSame === undefined) return unknown;
  if (operator === '===' || operator === '==') return { kind: 'constant', value: isSame };
  return operator === '!==' || operator === '!=' ? { kind: 'constant', value: !isSame } : unknown;
}

function sameness(one: Value, other: Value): boolean | undefined {
  if (one.kind === 'constant' && other.kind === 'constant') return one.value === other.value;
  const [text, another] = [plainText(one), plainText(other)];
  return text === undefined || another === undefined ? undefined : text === another;
}

function unary(operator: string, value: Value): Value {
  const is = operator === '!' ? isTrue(value) : undefined;
  if (is !== undefined) return { kind: 'constant', value: !is };
  const isNumber = operator === '-' && value.kind === 'constant' && typeof value.value === 'number';
  return isNumber ? { kind: 'constant', value: -Number(value.value) } : unknown;
}

/** `a && b`, `a || b`, `a ?? b`. */
function logical({ operator, left, right }: t.LogicalExpression, position: Position): Value {
  const value = evaluate(left, position);
  const isNull = value.kind === 'unknown' ? undefined : value.kind === 'constant' && (value.value === null || value.value === undefined);
  const is = operator === '??' ? isNull : isTrue(value);
  const takesRight = operator === '||' && is !== undefined ? !is : is;
  if (takesRight === undefined) {
    const other = position.scene.perhaps(() => evaluate(right, position));
    return operator === '&&' ? unknown : other.kind === 'handle' ? other : unknown;
  }
  return takesRight ? evaluate(right, position) : value;
}

function oneOf(test: Value, consequent: t.Node, alternate: t.Node, position: Position): Value {
  const is = isTrue(test);
  if (is !== undefined) return evaluate(is ? consequent : alternate, position);
  const { scene } = position;
  scene.branch('begins');
  const one = evaluate(consequent, position);
  scene.branch('turns');
  const other = evaluate(alternate, position);
  scene.branch('ends');
  return sameness(one, other) === true ? one : unknown;
}

function assigned({ left, right, operator }: t.AssignmentExpression, position: Position): Value {
  const { scope, scene, text } = position;
  const value = evaluate(right, position);
  if (left.type === 'MemberExpression') {
    const object = evaluate(left.object, position);
    const name = nameOf(left.property, left.computed, position);
    if (object.kind === 'record' && name !== undefined && operator === '=') object.entries.set(name, scene.isInBranch ? unknown : value);
    return value;
  }
  if (left.type !== 'Identifier') return value;
  const before = scope.find(left.name) ?? unknown;
  const next: Value = operator === '=' ? value : operator === '+=' && before.kind === 'text' ? { kind: 'text', pieces: [...before.pieces, ...piecesOf(value, right, text)] } : unknown;
  scope.assign(left.name, scene.isInBranch ? perhapsAssigned(before, next) : next);
  return next;
}

/** Whoever may send something is not lost: what it is told in a branch, it knows itself. */
function perhapsAssigned(before: Value, next: Value): Value {
  return next.kind === 'handle' ? next : before.kind === 'handle' ? before : unknown;
}
