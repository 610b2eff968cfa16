// What the methods of texts, lists and records are worth.

import type { Piece } from '../reading/code-reading.ts';
import { formatted, placeIn } from './filled-in.ts';
import { plainText, unknown, type Call, type List, type Text, type Value } from './value.ts';

/** Those that leave SQL what it was. */
const asItIs: ReadonlySet<string> = new Set(['strip', 'lstrip', 'rstrip', 'chomp', 'squish', 'freeze', 'to_s', 'strip_heredoc', 'html_safe', 'dup', 'to_sym', 'to_atom']);

/** `show`: the pieces of a value that is filled in. */
export function callText(text: Text, name: string, call: Call, show: (value: Value) => readonly Piece[]): Value {
  const [first = unknown, second = unknown] = call.args;
  if (asItIs.has(name) && call.args.length === 0) return text;
  if (name === 'format') return formatted(text, call, show);
  if (name === 'join' && first.kind === 'list') return joined(first.items, text);
  if (name === 'lower' || name === 'upper') return mapped(text, (written) => (name === 'lower' ? written.toLowerCase() : written.toUpperCase()));
  if (name === 'split' || name === 'splitlines') return cut(text, name === 'splitlines' ? '\n' : plainText(first));
  if (name !== 'replace' && name !== 'gsub') return unknown;
  const [wanted, other] = [plainText(first), plainText(second)];
  return wanted === undefined || other === undefined || wanted === '' ? unknown : mapped(text, (written) => written.replaceAll(wanted, other));
}

function mapped({ pieces }: Text, change: (written: string) => string): Text {
  return { kind: 'text', pieces: pieces.map((piece) => (piece.text.startsWith('${') ? piece : { ...piece, text: change(piece.text) })) };
}

function cut({ pieces }: Text, separator: string | undefined): Value {
  const [piece] = pieces;
  if (piece === undefined || pieces.length > 1 || separator === undefined || separator === '') return unknown;
  let start = 0;
  const items = piece.text.split(separator).map((text): Value => {
    const place = placeIn(piece, start, start + text.length);
    start += text.length + separator.length;
    return { kind: 'text', pieces: [{ text, place }] };
  });
  return { kind: 'list', items };
}

function joined(items: readonly Value[], separator: Text): Value {
  const pieces = items.map((value) => (value.kind === 'text' ? value.pieces : undefined));
  if (pieces.includes(undefined)) return unknown;
  return { kind: 'text', pieces: pieces.flatMap((own, index) => [...(index > 0 ? separator.pieces : []), ...(own ?? [])]) };
}

export function callList({ items }: List, name: string, { args: [first = unknown], run }: Call): Value {
  if (first.kind === 'function' && name === 'each_with_index') return { kind: 'list', items: items.map((item, index) => run?.(first, [item, { kind: 'constant', value: index }]) ?? unknown) };
  if (first.kind === 'function' && (name === 'each' || name === 'map')) return { kind: 'list', items: items.map((item) => run?.(first, argumentsFor(first, item)) ?? unknown) };
  if (/^(?:copy|freeze|dup|to_a)$/.test(name)) return { kind: 'list', items };
  return name === 'join' && first.kind === 'text' ? joined(items, first) : unknown;
}

/** A list is taken apart where there is more than one parameter for it. */
export function argumentsFor({ made }: Extract<Value, { readonly kind: 'function' }>, item: Value): readonly Value[] {
  return item.kind === 'list' && made.parameters.length > 1 ? item.items : [item];
}

export const ofRecords: ReadonlySet<string> = new Set(['get', 'items', 'keys', 'values', 'each', 'each_pair', 'freeze', 'dup']);

export function callRecord(record: Extract<Value, { readonly kind: 'record' }>, name: string, { args: [first], place, run }: Call): Value {
  const { entries, isWhole } = record;
  if (name === 'get') return entries.get(plainText(first) ?? '') ?? unknown;
  if (name === 'freeze' || name === 'dup') return record;
  if (!isWhole) return unknown;
  const key = (text: string): Value => ({ kind: 'text', pieces: [{ text, place }] });
  if (name.startsWith('each')) for (const [own, value] of entries) run?.(first, [key(own), value]);
  const items = Array.from(entries, ([own, value]): Value => (name === 'keys' ? key(own) : name === 'values' ? value : { kind: 'list', items: [key(own), value] }));
  return { kind: 'list', items };
}
