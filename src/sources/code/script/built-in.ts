// What the methods of texts, lists, objects and promises are worth.

import type { Span } from '../../../text/span.ts';
import { jsonOf, plainOf } from './plain-value.ts';
import type { Scene } from './scene.ts';
import { nothing, plainText, settled, unknown, type Call, type MadeRecord, type Value } from './value.ts';

type Text = Extract<Value, { readonly kind: 'text' }>;
type List = Extract<Value, { readonly kind: 'list' }>;

/** Those that leave SQL what it was. */
const asItIs: ReadonlySet<string> = new Set(['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf', 'normalize']);

export function callText(text: Text, name: string, { args }: Call): Value {
  if (asItIs.has(name)) return text;
  if (name === 'concat') return joined([text, ...args], { kind: 'text', pieces: [] });
  const [separator] = args;
  const plain = plainText(text);
  const cut = plainText(separator);
  if (name !== 'split' || plain === undefined || cut === undefined || text.pieces.length !== 1) return unknown;
  return { kind: 'list', items: piecesBetween(text, cut) };
}

function piecesBetween({ pieces: [piece] }: Text, separator: string): Value[] {
  if (piece === undefined || separator === '') return [];
  let start = piece.place.start;
  const isAsWritten = piece.place.end - piece.place.start === piece.text.length;
  return piece.text.split(separator).map((text) => {
    const place = isAsWritten ? { start, end: start + text.length } : piece.place;
    start += text.length + separator.length;
    return { kind: 'text', pieces: [{ text, place }] };
  });
}

/** Calls a function with arguments. */
type Run = (called: Value, args: readonly Value[]) => Value;

export function callList(list: List, name: string, { args }: Call, scene: Scene, run: Run): Value {
  const { items } = list;
  if (name === 'push') return pushed(list, args, scene);
  const [first = nothing] = args;
  const each = (): Value[] => items.map((item, index) => run(first, [item, { kind: 'constant', value: index }, list]));
  if (name === 'map') return { kind: 'list', items: each() };
  if (name === 'flatMap') return { kind: 'list', items: each().flatMap((item) => (item.kind === 'list' ? item.items : [item])) };
  if (name === 'forEach') {
    each();
    return nothing;
  }
  if (name === 'join') return joined(items, args.length === 0 ? { kind: 'text', pieces: [{ text: ',', place: { start: 0, end: 0 } }] } : first);
  if (name === 'concat') return { kind: 'list', items: [...items, ...args.flatMap((one) => (one.kind === 'list' ? one.items : [one]))] };
  if (name === 'reverse' || name === 'toReversed') return { kind: 'list', items: items.toReversed() };
  if (name === 'includes') return includes(items, first);
  if (name === 'reduce') return reduced(items, args, run);
  return unknown;
}

/** Promises in a list are waited for later; where it is not certain that they get there, now is as good. */
function pushed({ items }: List, args: readonly Value[], scene: Scene): Value {
  items.push(...(scene.isInBranch ? args.map((value) => (value.kind === 'handle' ? settled(value, scene) : unknown)) : args));
  return unknown;
}

function includes(items: readonly Value[], wanted: Value): Value {
  const texts = items.map(plainText);
  const text = plainText(wanted);
  return text === undefined || texts.includes(undefined) ? unknown : { kind: 'constant', value: texts.includes(text) };
}

/** Promises that wait for each other are made so. */
function reduced(items: readonly Value[], [called = nothing, start]: readonly Value[], run: Run): Value {
  const [first = nothing, ...rest] = start === undefined ? items : [start, ...items];
  return rest.reduce<Value>((before, item, index) => run(called, [before, item, { kind: 'constant', value: index }]), first);
}

function joined(values: readonly Value[], separator: Value): Value {
  if (separator.kind !== 'text') return unknown;
  const pieces = values.map((value) => (value.kind === 'text' ? value.pieces : undefined));
  if (pieces.includes(undefined)) return unknown;
  return { kind: 'text', pieces: pieces.flatMap((own, index) => [...(index > 0 ? separator.pieces : []), ...(own ?? [])]) };
}

function stringified(value: Value, place: Span): Value {
  const reading = plainOf(value);
  const isText = reading.kind === 'plain' && reading.value !== undefined && typeof reading.value !== 'bigint';
  return isText ? { kind: 'text', pieces: [{ text: jsonOf(reading.value), place }] } : unknown;
}

/** Functions of `Promise`, `Object` and `JSON`, as they are known by their names; undefined for any other. */
export function callBuiltIn(name: string, call: Call, scene: Scene, run: Run): Value | undefined {
  const [first = nothing, second = nothing] = call.args;
  if (name === 'all' || name === 'allSettled' || name === 'race' || name === 'resolve') return first.kind === 'list' ? settledList(first, scene) : settled(first, scene);
  const isOverList = name === 'each' || name === 'mapSeries' || name === 'map';
  if (isOverList && first.kind === 'list' && second.kind === 'function') return settledList(callList(first, 'map', { ...call, args: [second] }, scene, run), scene);
  if (name === 'stringify' && call.args.length === 1) return stringified(first, call.place);
  return first.kind === 'record' && first.isWhole ? partsOf(first, name, call.place) : undefined;
}

function settledList(list: Value, scene: Scene): Value {
  return list.kind === 'list' ? { kind: 'list', items: list.items.map((item) => settled(item, scene)) } : list;
}

function partsOf({ entries }: MadeRecord, name: string, place: Span): Value | undefined {
  const textOf = (key: string): Value => ({ kind: 'text', pieces: [{ text: key, place }] });
  if (name === 'keys') return { kind: 'list', items: Array.from(entries.keys(), textOf) };
  if (name === 'values') return { kind: 'list', items: [...entries.values()] };
  return name === 'entries' ? { kind: 'list', items: Array.from(entries, ([key, value]): Value => ({ kind: 'list', items: [textOf(key), value] })) } : undefined;
}
