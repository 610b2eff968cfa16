// What an expression of a tree is worth, as far as the text of the code says it.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';
import type { Scene } from './scene.ts';
import type { Scope } from './scope.ts';
import type { Definition } from './tree.ts';

export type Value =
  | Text
  | { readonly kind: 'constant'; readonly value: number | boolean | null }
  | List
  | { readonly kind: 'record'; readonly entries: ReadonlyMap<string, Value>; readonly isWhole: boolean }
  | { readonly kind: 'class'; readonly bases: readonly Value[]; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'function'; readonly made: Definition; readonly scope: Scope }
  | { readonly kind: 'imported'; readonly path: string }
  | Made
  | Handle
  | { readonly kind: 'unknown' };

export interface Text {
  readonly kind: 'text';
  readonly pieces: readonly Piece[];
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** Where it stands; undefined for one that was put together. */
  readonly place?: Span;
}

/** What a call of something that was imported gives: `sqlalchemy.Column` of its arguments. */
export interface Made {
  readonly kind: 'made';
  readonly path: string;
  readonly call: Call;
  /** What was called, where it is a method of something that was made too. */
  readonly of: Made | undefined;
}

/** What a tool hands to its migrations, or what those get from that: calls of it may send SQL. */
export interface Handle {
  readonly kind: 'handle';
  get(name: string): Value;
  /** Undefined: nobody knows what it does. `name`: of the method; undefined where the handle itself is called. */
  call(name: string | undefined, call: Call, scene: Scene): Value | undefined;
  /** What it does around `work` that stands in a block of it. */
  within?(work: () => void, scene: Scene): void;
}

export interface Call {
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** False: it has more arguments, of which nobody knows. */
  readonly isWhole: boolean;
  /** All of the call, from its receiver on. */
  readonly place: Span;
  /** Of its last step: the name of the method, and what stands behind it. */
  readonly step: Span;
  /** Nobody takes its result. */
  readonly isAlone: boolean;
  /** Runs a function that is among the arguments; what is none is left. */
  readonly run?: (called: Value | undefined, args?: readonly Value[]) => Value;
}

export const unknown: Value = { kind: 'unknown' };

export const nothing: Value = { kind: 'constant', value: null };

export function textOf(text: string, place: Span): Text {
  return { kind: 'text', pieces: [{ text, place }] };
}

/** As a text is: without the values that only a run knows. Undefined where there are some, or it is none. */
export function plainText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text' || value.pieces.some(isPlaceholder)) return undefined;
  return value.pieces.map(({ text }) => text).join('');
}

export function isPlaceholder({ text }: Piece): boolean {
  return text.startsWith('${');
}

/** True, false, or undefined where only a run knows it. */
export function isTrue(value: Value): boolean | undefined {
  if (value.kind === 'constant') return Boolean(value.value);
  if (value.kind === 'list') return value.items.length > 0;
  const text = plainText(value);
  return text === undefined ? undefined : text !== '';
}

/** Does a handle stand in it, so that who gets it may send SQL? */
export function holdsHandle(value: Value, depth = 0): boolean {
  if (value.kind === 'handle') return true;
  if (depth > 3) return false;
  if (value.kind === 'list') return value.items.some((item) => holdsHandle(item, depth + 1));
  return value.kind === 'record' && [...value.entries.values()].some((entry) => holdsHandle(entry, depth + 1));
}
