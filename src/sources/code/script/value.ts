// What an expression of a script is worth, as far as its text says it.

import type { ArrowFunctionExpression, ClassMethod, FunctionDeclaration, FunctionExpression, ObjectMethod } from '@babel/types';
import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';
import type { Scope } from './scope.ts';
import type { Scene } from './scene.ts';

export type Value =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'constant'; readonly value: number | bigint | boolean | null | undefined }
  | { readonly kind: 'list'; readonly items: Value[] }
  | MadeRecord
  | MadeFunction
  | Handle
  | { readonly kind: 'unknown' };

/** An object. */
export interface MadeRecord {
  readonly kind: 'record';
  /** The class that it was made of, by its name; undefined for `{ … }`. */
  readonly made: string | undefined;
  readonly entries: Map<string, Value>;
  /** False: it has more entries, of which nobody knows. */
  readonly isWhole: boolean;
}

export interface MadeFunction {
  readonly kind: 'function';
  readonly node: ArrowFunctionExpression | ClassMethod | FunctionDeclaration | FunctionExpression | ObjectMethod;
  readonly scope: Scope;
}

/** What a tool hands to its migrations, or what those get from that: calls of it may send SQL. */
export interface Handle {
  readonly kind: 'handle';
  get(name: string): Value;
  /** Undefined: nobody knows what it does. `name`: of the method; undefined where the handle itself is called. */
  call(name: string | undefined, call: Call, scene: Scene): Value | undefined;
  /** Of a promise, or what is as good as one: somebody waits for it, so that it happens, if it did not yet. */
  settle?(scene: Scene): Value;
}

export interface Call {
  readonly args: readonly Value[];
  /** All of the call, from its receiver on. */
  readonly place: Span;
  /** Of its last step: the name of the method, and what stands behind it. */
  readonly step: Span;
}

export const unknown: Value = { kind: 'unknown' };

export const nothing: Value = { kind: 'constant', value: undefined };

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
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'constant') return Boolean(value.value);
  const text = value.kind === 'text' ? plainText(value) : undefined;
  return value.kind === 'text' ? (text === undefined ? undefined : text !== '') : true;
}

/** Does a handle stand in it, so that who gets it may send SQL? */
export function holdsHandle(value: Value, depth = 0): boolean {
  if (value.kind === 'handle') return true;
  if (depth > 3) return false;
  if (value.kind === 'list') return value.items.some((item) => holdsHandle(item, depth + 1));
  return value.kind === 'record' && [...value.entries.values()].some((entry) => holdsHandle(entry, depth + 1));
}

/** What comes of waiting for a value. */
export function settled(value: Value, scene: Scene): Value {
  return value.kind === 'handle' && value.settle ? value.settle(scene) : value;
}
