// Follows the calls of a script: what they are worth, and what they send.

import type * as t from '@babel/types';
import { callBuiltIn, callList, callText } from './built-in.ts';
import { entryOf, evaluate, nameOf, piecesOf, placeOf, spread, templatePieces, type Position } from './evaluate.ts';
import { literalPieces } from './literal-pieces.ts';
import { holdsHandle, nothing, settled, unknown, type Call, type Value } from './value.ts';

type CallNode = t.CallExpression | t.OptionalCallExpression;

export function callOf(node: CallNode, position: Position): Value {
  const { callee } = node;
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') return callMethod(node, callee, position);
  const called = evaluate(callee, position);
  return callValue(called, callee, callHere(node, callee, position), position, undefined);
}

/** With its arguments, which come first. */
function callHere(node: CallNode | t.NewExpression, callee: t.Node, position: Position): Call {
  const args = node.arguments.flatMap((argument) => spread(argument, position) ?? [unknown]);
  const place = placeOf(node);
  const start = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression' ? placeOf(callee.property).start : place.start;
  return { args, place, step: { start, end: place.end } };
}

function callMethod(node: CallNode, callee: t.MemberExpression | t.OptionalMemberExpression, position: Position): Value {
  const object = evaluate(callee.object, position);
  const name = nameOf(callee.property, callee.computed, position);
  const call = callHere(node, callee, position);
  const { scene } = position;
  if (name === 'then' || name === 'catch' || name === 'finally') return chained(name, object, call, position);
  if (object.kind === 'handle') return object.call(name, call, scene) ?? unread(callee, call, position);
  const run = (called: Value, args: readonly Value[]): Value => callValue(called, callee, { ...call, args }, position, undefined);
  if (name !== undefined && object.kind === 'text') return callText(object, name, call);
  if (name !== undefined && object.kind === 'list') return callList(object, name, call, scene, run);
  const ofBuiltIn = name === undefined || object.kind !== 'unknown' ? undefined : callBuiltIn(name, call, scene, run);
  if (ofBuiltIn) return ofBuiltIn;
  const called = name === undefined ? unknown : entryOf(object, name);
  if (called.kind === 'unknown' && isInherited(callee.object)) return unread(callee, call, position);
  return callValue(called, callee, call, position, object.kind === 'record' ? object : undefined);
}

/** What a class has from another one may send what it likes. */
function isInherited({ type }: t.Node): boolean {
  return type === 'ThisExpression' || type === 'Super';
}

/** A promise runs what it is handed when it is done, or has failed. */
function chained(name: string, object: Value, { args, ...call }: Call, position: Position): Value {
  const { scene } = position;
  const result = settled(object, scene);
  const run = (argument: Value | undefined): Value =>
    argument?.kind === 'function' || argument?.kind === 'handle' ? settled(callValue(argument, undefined, { ...call, args: [result] }, position, undefined), scene) : nothing;
  if (name !== 'catch') return run(args[0]);
  scene.perhaps(() => run(args[0]));
  return result;
}

function callValue(called: Value, callee: t.Node | undefined, call: Call, position: Position, self: Value | undefined): Value {
  const { scene } = position;
  if (called.kind === 'handle') return called.call(undefined, call, scene) ?? unread(callee, call, position);
  if (called.kind === 'function') return scene.call(called, call.args, self) ?? unread(callee, call, position);
  return call.args.some((argument) => holdsHandle(argument)) ? unread(callee, call, position) : runHanded(call, position);
}

/** Whoever is handed a function may run it. */
function runHanded({ args }: Call, { scene }: Position): Value {
  for (const argument of args) if (argument.kind === 'function') scene.perhaps(() => settled(scene.call(argument, []) ?? unknown, scene));
  return unknown;
}

function unread(callee: t.Node | undefined, { place }: Call, { scene, text }: Position): Value {
  const written = callee === undefined ? '' : text.slice(placeOf(callee).start, placeOf(callee).end).replace(/\s+/g, '');
  const name = written.length > LONGEST ? `…${written.slice(-LONGEST)}` : written;
  scene.gap(`what ${name}() sends is not known here`, place);
  return unknown;
}

/** Of code that is shown in a sentence. */
const LONGEST = 60;

export function madeOf(node: t.NewExpression, position: Position): Value {
  const { callee } = node;
  const call = callHere(node, callee, position);
  const { args } = call;
  const [first] = args;
  const maker = evaluate(callee, position);
  const own = maker.kind === 'handle' ? maker.call('new', call, position.scene) : undefined;
  if (own) return own;
  const made = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
  for (const argument of args) if (argument.kind === 'function') position.scene.perhaps(() => position.scene.call(argument, []));
  if (first?.kind !== 'record') return unknown;
  return { ...first, made };
}

/**
 * A tag that is a handle is called with the texts between the values as a list, and with the values, of which those that only a run knows
 * are `${name}`. Any other tag only changes its spaces.
 */
export function taggedTemplate(node: t.TaggedTemplateExpression, position: Position): Value {
  const { quasis, expressions } = node.quasi;
  const tag = evaluate(node.tag, position);
  if (tag.kind !== 'handle') return { kind: 'text', pieces: templatePieces(node.quasi, position) };
  const texts = quasis.map((quasi): Value => ({ kind: 'text', pieces: literalPieces(position.text.slice(placeOf(quasi).start, placeOf(quasi).end), placeOf(quasi).start) }));
  const values = expressions.map((expression): Value => {
    const value = evaluate(expression, position);
    return value.kind === 'unknown' ? { kind: 'text', pieces: piecesOf(value, expression, position.text) } : value;
  });
  const call: Call = { args: [{ kind: 'list', items: texts }, ...values], place: placeOf(node), step: placeOf(node) };
  return tag.call(undefined, call, position.scene) ?? unread(node.tag, call, position);
}
