import { integer } from './argument-types.ts';
import { BadArgument, type Chance, type IntrinsicFunction } from './intrinsic.ts';
import { seededRandom } from './seeded-random.ts';

/** From `start` (inclusive) to `end` (exclusive). */
function randomBetween(start: number, end: number, seed: unknown, chance: Chance): number {
  if (start >= end) throw new BadArgument(`The start ${start} is not less than the end ${end}`);
  const random = seed === undefined ? chance.random : seededRandom(integer(seed));
  return start + Math.floor(random() * (end - start));
}

export const mathFunctions = {
  'States.MathRandom': {
    arity: [2, 3],
    apply: ([start, end, seed], chance) => randomBetween(integer(start), integer(end), seed, chance),
  },
  'States.MathAdd': { arity: [2, 2], apply: ([left, right]) => integer(left) + integer(right) },
  'States.UUID': { arity: [0, 0], apply: (_args, chance) => chance.uuid() },
} satisfies Record<string, IntrinsicFunction>;
