import type { System } from '../../services/system.ts';

/**
 * The first pause is at most this long. Each further maximum is three times the last, up to the longest.
 * Milliseconds.
 */
const first = 20;
const longest = 4_000;
/** Counted from the first try; shorter than any function's timeout. */
const patience = 20_000;
/** For tests and simulations, where pauses take no time. */
const most = 200;

/**
 * Full-jitter back-off for writers that conflict on the same ledger item: without jitter, writers that collided
 * would collide again (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @returns a function that waits before the next try, or answers false at once when there is no time for another
 */
export function backOff({ clock, random, pause }: Pick<System, 'clock' | 'random' | 'pause'>): () => Promise<boolean> {
  const until = clock() + patience;
  let tries = 0;
  return async () => {
    const milliseconds = Math.round(random() * Math.min(first * 3 ** tries, longest));
    tries += 1;
    if (tries === most || clock() + milliseconds > until) return false;
    await pause(milliseconds);
    return true;
  };
}
