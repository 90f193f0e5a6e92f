import type { Clock } from './clock.ts';

/** A clock that can be revoked. Its timers then never fire, and it tracks no work. */
export interface RevocableClock extends Clock {
  revoke(): void;
}

export function createRevocableClock(clock: Clock): RevocableClock {
  const pending = new Set<() => void>();
  const tracked = new Set<() => void>();
  let revoked = false;
  return {
    now: () => clock.now(),
    at(time, action) {
      if (revoked) return () => {};
      const cancel = clock.at(time, () => {
        pending.delete(cancel);
        action();
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        cancel();
      };
    },
    track(work) {
      if (clock.track === undefined || revoked) return;
      const settled = new Promise<void>((resolve) => {
        const settle = () => {
          tracked.delete(settle);
          resolve();
        };
        tracked.add(settle);
        work.then(settle, settle);
      });
      clock.track(settled);
    },
    revoke() {
      revoked = true;
      for (const cancel of pending) cancel();
      pending.clear();
      for (const settle of tracked) settle();
    },
  };
}
