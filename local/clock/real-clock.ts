import type { Clock } from './clock.ts';

/** `setTimeout` takes no longer delay: it would fire at once. */
const longest = 2 ** 31 - 1;

export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    at(time, action) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(look, Math.min(longest, Math.max(0, time - Date.now())));
      };
      // Timers follow another clock than `Date`, and so may fire a millisecond before the time.
      const look = () => {
        if (Date.now() < time) wait();
        else action();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
