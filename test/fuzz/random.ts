// Random numbers that a seed makes again.

export interface Random {
  /** From 0 to `below`, without it. */
  readonly number: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

/** mulberry32; `seed` is an unsigned integer of 32 bits. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const number = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
  return {
    number,
    pick: (items) => {
      const item = items[number(items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}
