import type { DateStep } from '../../calls/own-call.ts';
import type { Interval } from '../../model/pipeline.ts';
import { intervalAround, intervalLabel } from '../../time/interval.ts';
import { isDate } from '../../time/is-date.ts';

/** `date`: the first day, or the hour, such as `2026-03-29T04:00`. */
export type DateItem = { readonly date: string; readonly start: string; readonly end: string };

/**
 * The whole hours, days, weeks or months of a range, in UTC. A date stands for its whole day, so a `to` without a time
 * is included; a time is a point, so a `to` with a time is not.
 *
 * @param most how many items are of interest
 * @returns undefined: one of the two is no time
 */
export function dateItems(from: unknown, to: unknown, by: DateStep, most: number): DateItem[] | undefined {
  const first = instantOf(from);
  const last = instantOf(to);
  if (first === undefined || last === undefined) return undefined;
  const end = typeof to === 'string' && isDate(to) ? last + dayMilliseconds : last;
  const items: DateItem[] = [];
  for (let at = first; at < end && items.length < most; ) {
    const interval = intervalAround('UTC', by, at);
    items.push({ date: labelOf(interval), ...interval });
    at = Date.parse(interval.end);
  }
  return items;
}

const dayMilliseconds = 86_400_000;

function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function labelOf(interval: Interval): string {
  return intervalLabel(interval).replace(/T(\d\d)-/, 'T$1:');
}
