import type { Clock } from './clock.ts';

/** The timers of one service, so that it can be closed with none left behind. */
export interface Timers {
  after(milliseconds: number, action: () => void): () => void;
  at(time: number, action: () => void): () => void;
  cancelAll(): void;
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<() => void>();
  const at = (time: number, action: () => void): (() => void) => {
    const stop = clock.at(time, () => {
      pending.delete(stop);
      action();
    });
    pending.add(stop);
    return () => {
      pending.delete(stop);
      stop();
    };
  };
  return {
    at,
    after: (milliseconds, action) => at(clock.now() + milliseconds, action),
    cancelAll() {
      for (const stop of pending) stop();
      pending.clear();
    },
  };
}
