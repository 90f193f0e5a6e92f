import type { Interval } from '../../model/pipeline.ts';

/**
 * Whether a run catches up: when it was requested, its interval was no longer the newest, because the next interval of
 * the same length had ended, too. Every other run is live, such as one without an interval.
 *
 * @param createdAt when it was requested, epoch milliseconds
 */
export function isCatchUp({
  interval,
  createdAt,
}: {
  readonly interval?: Interval;
  readonly createdAt: number;
}): boolean {
  if (interval === undefined) return false;
  const [start, end] = [Date.parse(interval.start), Date.parse(interval.end)];
  return createdAt >= end + (end - start);
}
