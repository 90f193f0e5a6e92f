import type { Retrier } from '../definition/program.ts';

/** Milliseconds before a retrier's next try. `used` is the number of its previous tries. */
export function retryDelay(retrier: Retrier, used: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** used;
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(seconds * 1000 * (retrier.fullJitter ? random() : 1));
}
