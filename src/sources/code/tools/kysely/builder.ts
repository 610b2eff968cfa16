// A builder of Kysely: calls that hang on each other, up to execute().

import type { Scene } from '../../script/scene.ts';
import { nothing, settled, unknown, type Handle, type Value } from '../../script/value.ts';

/** What somebody tells a builder. Undefined: it does not know that, or only a run knows what it is told. */
export type Telling = (name: string, args: readonly Value[], scene: Scene) => true | undefined;

export interface Told {
  /** False where something was told that nobody knows, or that may not be told. */
  isClear: boolean;
}

export function builderOf(tell: Telling, told: Told, scene: Scene, finish?: (title: string, scene: Scene, call: Parameters<Handle['call']>[1]) => void): Handle {
  const depth = scene.depth;
  const own: Handle = {
    kind: 'handle',
    get: () => unknown,
    call: (name = '', call, within) => {
      if (name === 'execute' && finish) {
        finish(name, within, call);
        return unknown;
      }
      const [work = nothing] = call.args;
      if (name === '$call' && work.kind === 'function') return settled(within.call(work, [own]) ?? unknown, within);
      if (within.depth !== depth || tell(name, call.args, within) === undefined) told.isClear = false;
      return own;
    },
  };
  return own;
}

/** Hands a builder to a function, as Kysely does; false where there is another thing in its place. */
export function hand(work: Value | undefined, tell: Telling, told: Told, scene: Scene): boolean {
  if (work === undefined || (work.kind === 'constant' && work.value === undefined)) return true;
  if (work.kind !== 'function') return false;
  return !scene.hasGapOf(() => scene.call(work, [builderOf(tell, told, scene)]));
}
