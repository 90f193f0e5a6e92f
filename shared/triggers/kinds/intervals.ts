import type { Intervals } from './trigger-kind.ts';

/** All intervals, each once. Undefined as soon as one of them is unknown. */
export function together(each: readonly Intervals[]): Intervals {
  const all = new Set<string>();
  for (const intervals of each) {
    if (intervals === undefined) return undefined;
    for (const interval of intervals) all.add(interval);
  }
  return [...all];
}
