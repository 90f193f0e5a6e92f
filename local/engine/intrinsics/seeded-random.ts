const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/**
 * The same numbers in [0, 1) for the same seed, as `new java.util.Random(seed).nextDouble()` returns them. AWS only
 * documents that a seed always gives the same number. Nobody outside AWS knows which.
 */
export function seededRandom(seed: number): () => number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint): number => {
    state = (state * multiplier + 0xbn) & mask;
    return Number(state >> (48n - bits));
  };
  return () => (next(26n) * 2 ** 27 + next(27n)) * 2 ** -53;
}
