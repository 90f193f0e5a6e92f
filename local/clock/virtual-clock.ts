import type { Clock } from './clock.ts';

export interface VirtualClock extends Clock {
  /**
   * Advances time from timer to timer until `until()` holds or no timer is left. All consequences settle before each
   * step.
   */
  run(until: () => boolean): Promise<void>;
  /** Time stops while this work is in progress. */
  track(work: Promise<unknown>): void;
}

type Timer = { readonly time: number; readonly order: number; readonly action: () => void };

/** @param start epoch milliseconds */
export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  let order = 0;
  let tracked = 0;
  let stirred = false;
  const timers = createTimerQueue();
  const settled = () => {
    tracked -= 1;
    stirred = true;
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  /**
   * Resolves after two turns of the event loop without tracked work or a new timer. Whatever is left waits for a time.
   */
  async function drain(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      stirred = false;
      await turn();
      quiet = stirred || tracked > 0 ? 0 : quiet + 1;
    }
  }

  return {
    now: () => now,
    at(time, action) {
      stirred = true;
      order += 1;
      return timers.add({ time, order, action });
    },
    track(work) {
      tracked += 1;
      work.then(settled, settled);
    },
    async run(until) {
      for (;;) {
        await drain();
        if (until()) return;
        const timer = timers.take();
        if (timer === undefined) return;
        now = Math.max(now, timer.time);
        timer.action();
      }
    },
  };
}

/** A binary heap, ordered by time and then by the order in which the timers were set. */
function createTimerQueue() {
  const heap: Timer[] = [];
  const cancelled = new Set<Timer>();
  const before = (one: Timer | undefined, other: Timer | undefined): boolean =>
    one !== undefined &&
    (other === undefined || one.time < other.time || (one.time === other.time && one.order < other.order));

  function swap(one: number, other: number): void {
    const [first, second] = [heap[one], heap[other]];
    if (first === undefined || second === undefined) return;
    heap[one] = second;
    heap[other] = first;
  }

  function pop(): Timer | undefined {
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const child = before(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!before(heap[child], heap[at])) return top;
      swap(child, at);
      at = child;
    }
  }

  return {
    add(timer: Timer): () => void {
      heap.push(timer);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!before(heap[at], heap[parent])) break;
        swap(at, parent);
        at = parent;
      }
      return () => void cancelled.add(timer);
    },
    take(): Timer | undefined {
      for (let timer = pop(); timer !== undefined; timer = pop()) {
        if (!cancelled.delete(timer)) return timer;
      }
      cancelled.clear();
      return undefined;
    },
  };
}
