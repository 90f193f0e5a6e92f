import { isRefusedByDisk } from '../storage/sqlite-error.ts';
import type { Clock } from './clock.ts';

/** After a refusal by the disk. */
const againMs = 1_000;

/**
 * The timers of one service, so that it can be closed with none left behind. What an action could not write because the
 * disk refused it is tried again: such an action writes first, and may be repeated as a whole.
 */
export interface Timers {
  after(milliseconds: number, action: () => void): () => void;
  at(time: number, action: () => void): () => void;
  /** Acts now, and again until the disk takes it. */
  surely(action: () => void): void;
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
    surely(action) {
      if (!acted(action)) at(clock.now() + againMs, action);
    },
    cancelAll() {
      for (const stop of pending) stop();
      pending.clear();
    },
  };
}

/** False: the disk refused. */
function acted(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!isRefusedByDisk(error)) throw error;
    return false;
  }
}
