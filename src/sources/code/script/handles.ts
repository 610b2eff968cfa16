// Handles out of which tools put together what they hand to migrations.

import type { Span } from '../../../text/span.ts';
import type { Scene } from './scene.ts';
import { isPlaceholder, unknown, type Call, type Handle, type Value } from './value.ts';

/** A method of a handle; undefined as its result: nobody knows what it does. */
export type Method = (call: Call, scene: Scene) => Value | undefined;

export interface Shape {
  /** Other handles that are reached through it, by name; they may reach back. */
  readonly properties?: Readonly<Record<string, () => Handle>>;
  readonly methods?: Readonly<Record<string, Method>>;
  /** Where it is called itself, or is the tag of a template. */
  readonly itself?: Method;
}

export function handleOf({ properties = {}, methods = {}, itself }: Shape): Handle {
  const handle: Handle = {
    kind: 'handle',
    get: (name) => (Object.hasOwn(properties, name) ? (properties[name]?.() ?? unknown) : methodOf(handle, name, Object.hasOwn(methods, name))),
    call: (name, call, scene) => {
      const method = name === undefined ? itself : Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (method) return method(call, scene);
      const property = name !== undefined && Object.hasOwn(properties, name) ? properties[name]?.() : undefined;
      return property?.call(undefined, call, scene);
    },
  };
  return handle;
}

/** A method that is handed on or called later is its handle still. */
function methodOf(handle: Handle, name: string, isKnown: boolean): Value {
  if (!isKnown) return unknown;
  return { kind: 'handle', get: () => unknown, call: (inner, call, scene) => (inner === undefined ? handle.call(name, call, scene) : inner === 'bind' ? methodOf(handle, name, true) : undefined) };
}

/** What only asks, and sends nothing that changes anything. */
export const asks: Method = () => unknown;

/** The first argument is SQL. */
export const sends: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

/** Where nothing of a text is known, what is sent is a gap. */
export function sendText(sql: Value | undefined, place: Span, scene: Scene): void {
  if (sql?.kind !== 'text') scene.gap('its SQL is put together while the migration runs', place);
  else if (sql.pieces.every((piece) => isPlaceholder(piece) || piece.text.trim() === '')) scene.gap('its SQL is put together while the migration runs', place);
  else scene.send(sql.pieces, place);
}

/** BEGIN, COMMIT and their like, in the place of a call. */
export function sendsWords(words: string): Method {
  return ({ step, place }, scene) => {
    scene.send([{ text: words, place: step }], place);
    return unknown;
  };
}
