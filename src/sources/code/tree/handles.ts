// Handles out of which tools put together what they hand to migrations.

import type { Span } from '../../../text/span.ts';
import type { Scene } from './scene.ts';
import { isPlaceholder, unknown, type Call, type Handle, type Value } from './value.ts';

/** A method of a handle; undefined as its result: nobody knows what it does. */
export type Method = (call: Call, scene: Scene) => Value | undefined;

export interface Shape {
  /** Values that are reached through it, by name; handles among them may reach back. */
  readonly properties?: Readonly<Record<string, () => Value>>;
  readonly methods?: Readonly<Record<string, Method>>;
  readonly within?: NonNullable<Handle['within']>;
}

export function handleOf({ properties = {}, methods = {}, within }: Shape): Handle {
  const handle: Handle = {
    kind: 'handle',
    get: (name) => (Object.hasOwn(properties, name) ? (properties[name]?.() ?? unknown) : methodOf(handle, name)),
    call: (name, call, scene) => {
      if (name !== undefined && Object.hasOwn(methods, name)) return methods[name]?.(call, scene);
      const property = name !== undefined && Object.hasOwn(properties, name) ? properties[name]?.() : undefined;
      return property?.kind === 'handle' ? property.call(undefined, call, scene) : undefined;
    },
    ...(within ? { within } : {}),
  };
  return handle;
}

/** A method that is handed on or called later is its handle still. */
function methodOf(handle: Handle, name: string): Value {
  return { kind: 'handle', get: () => unknown, call: (inner, call, scene) => (inner === undefined ? handle.call(name, call, scene) : undefined) };
}

/** What only asks, and sends nothing that changes anything. */
export const asks: Method = () => unknown;

export const atRunTime = 'its SQL is put together while the migration runs';

/** Where nothing of a text is known, what is sent is a gap. */
export function sendText(sql: Value | undefined, place: Span, scene: Scene): void {
  const isKnown = sql?.kind === 'text' && !sql.pieces.every((piece) => isPlaceholder(piece) || piece.text.trim() === '');
  if (isKnown) scene.send(sql.pieces, place);
  else scene.gap(atRunTime, place);
}
