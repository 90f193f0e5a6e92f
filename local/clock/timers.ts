import { isRefusedByDisk } from '../storage/sqlite-error.ts';
import type { Clock } from './clock.ts';

/** Pause after the disk refuses a write. */
const againMs = 1_000;

/**
 * The timers of one service, so that closing the service cancels them all. An action is retried as a whole if the disk
 * refuses its write, so it must write before it does anything else.
 */
export interface Timers {
  after(milliseconds: number, action: () => void): () => void;
  at(time: number, action: () => void): () => void;
  /** Runs the action now, and retries it until the disk accepts its write. */
  retryWrite(action: () => void): void;
  cancelAll(): void;
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<() => void>();
  const at = (time: number, action: () => void): (() => void) => {
    let stop: () => void;
    const wait = (until: number): void => {
      const cancel = clock.at(until, () => {
        pending.delete(stop);
        if (!acted(action)) wait(clock.now() + againMs);
      });
      stop = () => {
        pending.delete(stop);
        cancel();
      };
      pending.add(stop);
    };
    wait(time);
    return () => stop();
  };
  return {
    at,
    after: (milliseconds, action) => at(clock.now() + milliseconds, action),
    retryWrite(action) {
      if (!acted(action)) at(clock.now() + againMs, action);
    },
    cancelAll() {
      for (const stop of pending) stop();
      pending.clear();
    },
  };
}

/** @returns false if the disk refused */
function acted(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!isRefusedByDisk(error)) throw error;
    return false;
  }
}
