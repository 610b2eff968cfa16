// Elixir's Enum, as far as it runs functions over what is known.

import { argumentsFor } from '../../tree/built-in.ts';
import { pairsOf } from '../../tree/execute.ts';
import type { Scene } from '../../tree/scene.ts';
import { unknown, type Call, type Handle, type Value } from '../../tree/value.ts';

/** Nobody knows how often another function of it runs what it is given. */
export const enumeration: Handle = {
  kind: 'handle',
  get: () => unknown,
  call: (name, call, scene) => (name === 'each' || name === 'map' || name === 'flat_map' ? each(call, scene) : perhaps(call, scene)),
};

/** `Enum.each(list, fn x -> … end)`. */
function each(call: Call, scene: Scene): Value | undefined {
  const { args: [all = unknown, work], run } = call;
  if (work?.kind !== 'function') return undefined;
  const items = all.kind === 'list' ? all.items : all.kind === 'record' && all.isWhole ? pairsOf(all.entries, call.place).items : undefined;
  return items === undefined ? perhaps(call, scene) : { kind: 'list', items: items.map((item) => run?.(work, argumentsFor(work, item)) ?? unknown) };
}

function perhaps({ args, run }: Call, scene: Scene): Value {
  for (const work of args) if (work.kind === 'function') scene.perhaps(() => run?.(work));
  return unknown;
}
