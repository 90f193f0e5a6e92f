import { expect, test, vi } from 'vitest';
import { createRealClock } from '../../local/real-clock.ts';

test('a time farther than setTimeout can reach is waited for in parts', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const clock = createRealClock();
    const seen: number[] = [];
    const farthest = 2 ** 31 * 3;
    clock.at(farthest, () => seen.push(clock.now()));
    const cancel = clock.at(farthest, () => seen.push(-1));
    vi.advanceTimersByTime(farthest - 1);
    cancel();
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([farthest]);
  } finally {
    vi.useRealTimers();
  }
});
