import type { Intervals } from './trigger-kind.ts';

/** The intervals of all, each once. Undefined as soon as those of one are not known. */
export function together(each: readonly Intervals[]): Intervals {
  const all = new Set<string>();
  for (const intervals of each) {
    if (intervals === undefined) return undefined;
    for (const interval of intervals) all.add(interval);
  }
  return [...all];
}
