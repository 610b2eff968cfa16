// Follows an expression of a tree: what it is worth, and what it sends on the way.

import type { Piece } from '../reading/code-reading.ts';
import { callMethod, callOwn, callValue, runFunction } from './call.ts';
import { bind } from './bind.ts';
import { filledIn } from './filled-in.ts';
import type { Position } from './position.ts';
import { Scope } from './scope.ts';
import type { Argument, Expression, TextPart } from './tree.ts';
import { isTrue, nothing, plainText, unknown, type Call, type Value } from './value.ts';

export function evaluate(node: Expression, position: Position, isAlone = false): Value {
  const { scene } = position;
  const value = scene.step() ? scene.inside(() => valueOf(node, position, isAlone)) : unknown;
  if (value === undefined) scene.gap('the code is too deep to be followed', node.place);
  return value ?? unknown;
}

function valueOf(node: Expression, position: Position, isAlone: boolean): Value {
  switch (node.kind) {
    case 'text':
      return { kind: 'text', pieces: node.parts.flatMap((part) => partPieces(part, position)) };
    case 'constant':
      return node;
    case 'name':
      return position.scope.find(node.name) ?? undeclared(node.name, position);
    case 'member':
      return entryOf(evaluate(node.object, position), node.name, position);
    case 'item':
      return itemOf(evaluate(node.object, position), evaluate(node.key, position));
    case 'call':
      return callOf(node, position, isAlone);
    case 'list':
      return listOf(node, position);
    case 'record':
      return recordOf(node, position);
    case 'binary':
      return binary(node, position);
    case 'unary':
      return unary(node, evaluate(node.operand, position));
    case 'choice':
      return oneOf(node, position);
    case 'function':
      return { kind: 'function', made: node.made, scope: position.scope };
    case 'each':
      return eachOf(node, position);
    case 'assignment': {
      const value = evaluate(node.value, position);
      bind(node.target, value, position);
      return value;
    }
    case 'other':
      for (const part of node.parts) evaluate(part, position);
      return unknown;
  }
}

/** A name that nobody has declared comes from somewhere else. */
function undeclared(name: string, { world }: Position): Value {
  return world.self?.get(name) ?? { kind: 'imported', path: name };
}

type Node<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

function partPieces(part: TextPart, position: Position): readonly Piece[] {
  if (part.kind === 'written') return [part.piece];
  return piecesOf(evaluate(part.value, position), part.value, part.place, position);
}

/** Its value, or `${name}` where only a run knows it. */
export function piecesOf(value: Value, { place: written }: Expression, place: Expression['place'], { text, world }: Position): readonly Piece[] {
  if (value.kind === 'text') return value.pieces;
  if (value.kind === 'constant') return [{ text: world.shown(value.value), place }];
  const name = /(?:^|\.)(\w+)$/.exec(text.slice(written.start, written.end))?.[1] ?? 'value';
  return [{ text: `\${${name}}`, place }];
}

export function entryOf(object: Value, name: string, { world }: Position): Value {
  if (object.kind === 'handle') return object.get(name);
  if (object.kind === 'imported') return importedAs(`${object.path}.${name}`, world);
  if (object.kind === 'record' || object.kind === 'class') return object.entries.get(name) ?? unknown;
  return unknown;
}

export function importedAs(path: string, world: Position['world']): Value {
  return world.imported(path) ?? { kind: 'imported', path };
}

function itemOf(object: Value, key: Value): Value {
  const text = plainText(key);
  if (object.kind === 'record' && text !== undefined) return object.entries.get(text) ?? unknown;
  if (object.kind !== 'list' || key.kind !== 'constant' || typeof key.value !== 'number') return unknown;
  return object.items.at(key.value) ?? unknown;
}

function callOf(node: Node<'call'>, position: Position, isAlone: boolean): Value {
  const { callee, place } = node;
  if (callee.kind === 'member') {
    const object = evaluate(callee.object, position);
    const call = callHere(node, { place, step: { start: callee.at.start, end: place.end }, isAlone }, position);
    return callMethod(object, callee, call, position);
  }
  if (callee.kind !== 'name' || isDeclared(callee.name, node, position)) {
    const called = evaluate(callee, position);
    return callValue(called, callee, callHere(node, { place, step: place, isAlone }, position), position);
  }
  const call = callHere(node, { place, step: place, isAlone }, position);
  const { builtIn, self } = position.world;
  return builtIn(callee.name, call) ?? (self ? callOwn(self, callee, call, position) : callValue(undeclared(callee.name, position), callee, call, position));
}

/** What is given arguments is no variable, where those that stand around the code are called by name. */
function isDeclared(name: string, { args }: Node<'call'>, { scope, world }: Position): boolean {
  const found = scope.find(name);
  return found !== undefined && (world.self === undefined || args.length === 0 || found.kind === 'function');
}

/** With its arguments, which come first. */
function callHere({ args }: Node<'call'>, at: Pick<Call, 'place' | 'step' | 'isAlone'>, position: Position): Call {
  const named = new Map<string, Value>();
  const values: Value[] = [];
  let isWhole = true;
  for (const argument of args) {
    const value = evaluate(argument.value, position);
    if (argument.name !== undefined) named.set(argument.name, value);
    else if (!argument.isSpread) values.push(value);
    else if (value.kind === 'list') values.push(...value.items);
    else if (value.kind === 'record' && value.isWhole) for (const [name, entry] of value.entries) named.set(name, entry);
    else isWhole = false;
  }
  return { args: values, named, isWhole, run: (called, given = []) => (called?.kind === 'function' ? runFunction(called, given, position) : unknown), ...at };
}

function listOf({ items, place }: Node<'list'>, position: Position): Value {
  const all = items.map((item) => spread(item, position));
  return all.includes(undefined) ? unknown : { kind: 'list', items: all.flatMap((item) => item ?? []), place };
}

/** Undefined: nobody knows how many there are. */
function spread({ value: node, isSpread }: Argument, position: Position): readonly Value[] | undefined {
  const value = evaluate(node, position);
  if (!isSpread) return [value];
  return value.kind === 'list' ? value.items : undefined;
}

function recordOf({ entries: written }: Node<'record'>, position: Position): Value {
  const entries = new Map<string, Value>();
  let isWhole = true;
  for (const { key, value: node } of written) {
    const value = evaluate(node, position);
    const name = key === undefined ? undefined : nameOf(evaluate(key, position));
    if (name !== undefined) entries.set(name, value);
    else if (key === undefined && value.kind === 'record') for (const [own, entry] of value.entries) entries.set(own, entry);
    isWhole &&= name !== undefined || (key === undefined && value.kind === 'record' && value.isWhole);
  }
  return { kind: 'record', entries, isWhole };
}

function nameOf(value: Value): string | undefined {
  return value.kind === 'constant' ? String(value.value) : plainText(value);
}

function binary({ operator, left, right, place }: Node<'binary'>, position: Position): Value {
  const one = evaluate(left, position);
  if (operator === 'and' || operator === 'or') return logical(operator, one, right, position);
  const other = evaluate(right, position);
  if (operator === '%' && one.kind === 'text') return filledIn(one, other, (value) => piecesOf(value, right, right.place, position));
  if (operator === '+' && one.kind === 'list' && other.kind === 'list') return { kind: 'list', items: [...one.items, ...other.items] };
  const isText = one.kind === 'text' || other.kind === 'text';
  if (operator === '+' && isText) return { kind: 'text', pieces: [...piecesOf(one, left, left.place, position), ...piecesOf(other, right, right.place, position)] };
  if ((operator === '&' || operator === '|') && one.kind === 'made' && other.kind === 'made') return operated(operator === '&' ? 'and_' : 'or_', [one, other], place);
  const isSame = operator === 'in' || operator === 'not in' ? isAmong(one, other) : sameness(one, other);
  if (isSame === undefined) return unknown;
  if (operator === '==' || operator === 'is' || operator === 'in') return { kind: 'constant', value: isSame };
  return operator === '!=' || operator === 'is not' || operator === 'not in' ? { kind: 'constant', value: !isSame } : unknown;
}

function sameness(one: Value, other: Value): boolean | undefined {
  if (one.kind === 'constant' && other.kind === 'constant') return one.value === other.value;
  const [text, another] = [plainText(one), plainText(other)];
  return text === undefined || another === undefined ? undefined : text === another;
}

function isAmong(one: Value, others: Value): boolean | undefined {
  const text = plainText(one);
  if (others.kind !== 'list' || text === undefined) return undefined;
  const all = others.items.map(plainText);
  return all.includes(text) || (all.includes(undefined) ? undefined : false);
}

/** `a & b` of what was made, as though `operator.and_(a, b)` were called. */
function operated(name: 'and_' | 'or_' | 'invert', args: readonly Value[], place: Expression['place']): Value {
  return { kind: 'made', path: `operator.${name}`, call: { args, named: new Map(), isWhole: true, place, step: place, isAlone: false }, of: undefined };
}

function unary({ operator, place }: Node<'unary'>, value: Value): Value {
  if (operator === '~' && value.kind === 'made') return operated('invert', [value], place);
  const is = operator === 'not' ? isTrue(value) : undefined;
  if (is !== undefined) return { kind: 'constant', value: !is };
  return operator === '-' && value.kind === 'constant' && typeof value.value === 'number' ? { kind: 'constant', value: -value.value } : unknown;
}

function logical(operator: string, value: Value, right: Expression, position: Position): Value {
  const is = isTrue(value);
  if (is === undefined) {
    position.scene.perhaps(() => evaluate(right, position));
    return unknown;
  }
  return is === (operator === 'and') ? evaluate(right, position) : value;
}

function oneOf({ test, yes, no }: Node<'choice'>, position: Position): Value {
  const is = isTrue(evaluate(test, position));
  if (is !== undefined) return evaluate(is ? yes : no, position);
  const { scene } = position;
  scene.branch('begins');
  evaluate(yes, position);
  scene.branch('turns');
  evaluate(no, position);
  scene.branch('ends');
  return unknown;
}

function eachOf({ result, pattern, of, test }: Node<'each'>, position: Position): Value {
  const all = evaluate(of, position);
  const round = (item: Value): Value | undefined => {
    const inside = { ...position, scope: new Scope(position.scope, position.scene.depth) };
    bind(pattern, item, inside);
    const is = test === undefined ? true : isTrue(evaluate(test, inside));
    return is === false ? nothing : is ? evaluate(result, inside) : undefined;
  };
  if (all.kind !== 'list') {
    position.scene.perhaps(() => round(unknown));
    return unknown;
  }
  const items = all.items.map(round);
  return items.includes(undefined) ? unknown : { kind: 'list', items: items.flatMap((item) => (item === undefined || (item === nothing && test !== undefined) ? [] : [item])) };
}
