import type { Clock } from './clock.ts';

/** `setTimeout` takes no longer delay: it would fire at once. */
const longest = 2 ** 31 - 1;

export function createRealClock(): Clock {
  return {
    now: () => Date.now(),
    at(time, action) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        const left = time - Date.now();
        timer = left > longest ? setTimeout(wait, longest) : setTimeout(action, Math.max(0, left));
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
