import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';

describe('the real clock', () => {
  const start = Date.UTC(2026, 10, 22);
  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  test('acts once, at the time', () => {
    const action = vi.fn();
    createRealClock().at(start + 1_000, action);
    vi.advanceTimersByTime(999);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100_000);
    expect(action).toHaveBeenCalledOnce();
  });

  test('does not act early when its timer fires early', () => {
    const action = vi.fn();
    createRealClock().at(start + 1_000, action);
    vi.setSystemTime(start - 1);
    vi.advanceTimersByTime(1_000);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });

  test('waits for longer than setTimeout can', () => {
    const action = vi.fn();
    const sixtyDays = 60 * 86_400_000;
    createRealClock().at(start + sixtyDays, action);
    vi.advanceTimersByTime(sixtyDays - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });

  test('runs a past action only after its caller’s turn, and a cancelled one never', () => {
    const [past, cancelled] = [vi.fn(), vi.fn()];
    const clock = createRealClock();
    clock.at(start - 5, past);
    clock.at(start + 5, cancelled)();
    expect(past).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10);
    expect(past).toHaveBeenCalledOnce();
    expect(cancelled).not.toHaveBeenCalled();
  });
});
