// What the methods of texts and lists are worth.

import { nothing, plainText, unknown, type Call, type Value } from './value.ts';

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

function piecesBetween({ pieces: [piece] }: Text, separator: string): readonly Value[] {
  if (piece === undefined || separator === '') return [];
  let start = piece.place.start;
  const isAsWritten = piece.place.end - piece.place.start === piece.text.length;
  return piece.text.split(separator).map((text) => {
    const place = isAsWritten ? { start, end: start + text.length } : piece.place;
    start += text.length + separator.length;
    return { kind: 'text', pieces: [{ text, place }] };
  });
}

/** `run`: calls a function with arguments. */
export function callList(list: List, name: string, { args }: Call, run: (called: Value, args: readonly Value[]) => Value): Value {
  const { items } = list;
  const [first = nothing] = args;
  const each = (): readonly Value[] => items.map((item, index) => run(first, [item, { kind: 'constant', value: index }, list]));
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

function includes(items: readonly Value[], wanted: Value): Value {
  const texts = items.map(plainText);
  const text = plainText(wanted);
  return text === undefined || texts.includes(undefined) ? unknown : { kind: 'constant', value: texts.includes(text) };
}

/** Promises that wait for each other are made so. */
function reduced(items: readonly Value[], [called = nothing, start]: readonly Value[], run: (called: Value, args: readonly Value[]) => Value): Value {
  const [first = nothing, ...rest] = start === undefined ? items : [start, ...items];
  return rest.reduce<Value>((before, item, index) => run(called, [before, item, { kind: 'constant', value: index }]), first);
}

function joined(values: readonly Value[], separator: Value): Value {
  if (separator.kind !== 'text') return unknown;
  const pieces = values.map((value) => (value.kind === 'text' ? value.pieces : undefined));
  if (pieces.includes(undefined)) return unknown;
  return { kind: 'text', pieces: pieces.flatMap((own, index) => [...(index > 0 ? separator.pieces : []), ...(own ?? [])]) };
}
