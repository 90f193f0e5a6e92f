import type { DateStep } from '../../calls/own-call.ts';
import type { Interval } from '../../model/pipeline.ts';
import { intervalAround, intervalLabel } from '../../time/interval.ts';
import { isDate } from '../../units/is-date.ts';
import { timeOf } from '../../units/time-of.ts';

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
  const first = typeof from === 'string' ? timeOf(from) : undefined;
  const last = typeof to === 'string' ? timeOf(to) : undefined;
  if (first === undefined || last === undefined) return undefined;
  const end = isDate(String(to)) ? last + dayMilliseconds : last;
  const items: DateItem[] = [];
  for (let at = first; at < end && items.length < most; ) {
    const interval = intervalAround('UTC', by, at);
    items.push({ date: labelOf(interval), ...interval });
    at = Date.parse(interval.end);
  }
  return items;
}

const dayMilliseconds = 86_400_000;

function labelOf(interval: Interval): string {
  return intervalLabel(interval).replace(/T(\d\d)-/, 'T$1:');
}
