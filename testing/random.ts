import { seededRandom } from '../local/engine/intrinsics/seeded-random.ts';

/** Random draws that repeat for the same seed. */
export interface Random {
  /** From 0 to 1, without 1. */
  next(): number;
  /** From `least` to `most`, including both. */
  integer(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  uuid(): string;
}

export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  // seeds in a row give similar first draws
  for (let draw = 0; draw < 3; draw++) next();
  let ids = 0;
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick: (from) => from[integer(0, from.length - 1)] ?? from[0],
    uuid() {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
  };
}
