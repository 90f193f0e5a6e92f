/** Random numbers that repeat for the same seed. */
export type Random = {
  /** From 0 to `below`, without `below`. */
  whole(below: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
};

/** The generator mulberry32: small, and good enough for sample data. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const whole = (below: number) => Math.floor(next() * below);
  return { whole, pick: (items) => items[whole(items.length)] ?? items[0] };
}
