/** Chance that comes out the same for the same seed. */

export interface Random {
  /** At least 0, less than 1. */
  fraction: () => number;
  /** A whole number, at least 0, less than the bound. */
  below: (bound: number) => number;
  pick: <T>(values: readonly [T, ...T[]]) => T;
}

/** A small well-known generator (mulberry32): 32 bits of state are plenty for made-up names and days. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(fraction() * bound);
  return { fraction, below, pick: (values) => values[below(values.length)] ?? values[0] };
}
