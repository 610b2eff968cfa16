// What Knex sends as soon as somebody waits for it, and what of it is SQL that can stand in other SQL.

import type { Scene } from '../../script/scene.ts';
import { unknown, type Handle, type Value } from '../../script/value.ts';

/** The SQL of what `knex.raw` makes. */
const fragments = new WeakMap<Handle, Value>();

/** Undefined where a value is not of `knex.raw`. */
export function sqlOfKnex(value: Value): Value | undefined {
  return value.kind === 'handle' ? fragments.get(value) : undefined;
}

/** `send` runs once. */
export function pending(handle: Omit<Handle, 'settle'>, send: (scene: Scene) => void): Handle {
  let isSent = false;
  return {
    ...handle,
    settle: (scene) => {
      if (!isSent) send(scene);
      isSent = true;
      return unknown;
    },
  };
}

export function fragment(handle: Handle, sql: Value): Handle {
  fragments.set(handle, sql);
  return handle;
}
