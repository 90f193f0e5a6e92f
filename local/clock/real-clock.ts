import type { Clock } from './clock.ts';

/** The longest delay of `setTimeout`; a longer one fires at once. */
const longest = 2 ** 31 - 1;

export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    at(time, action) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(look, Math.min(longest, Math.max(0, time - Date.now())));
      };
      // Timers use another clock than `Date` and may fire a millisecond early.
      const look = () => {
        if (Date.now() < time) wait();
        else action();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
