import type { System } from '../services/system.ts';

/** The first pause is at most this long, the next three times as long, and so on up to the longest. Milliseconds. */
const first = 20;
const longest = 4_000;
/** From the first try on; shorter than the time of any function. */
const patience = 20_000;
/** Where pauses take no time. */
const most = 200;

/**
 * Lets those who meet at one item of the ledger come again one after another: full jitter, since those who lost together
 * would meet again (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @returns what waits before the next try, and answers false, at once, when there is to be none
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
