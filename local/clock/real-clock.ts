import type { Clock } from './clock.ts';

/** The longest delay that `setTimeout` supports. Longer ones fire immediately. */
const longest = 2 ** 31 - 1;

export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    at(time, action) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(look, Math.min(longest, Math.max(0, time - Date.now())));
      };
      // Timers do not use the clock of `Date`, and may fire a millisecond early.
      const look = () => {
        if (Date.now() < time) wait();
        else action();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
