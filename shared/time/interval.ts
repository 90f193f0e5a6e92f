import type { Interval } from '../model/pipeline.ts';
import type { IntervalUnit } from '../model/trigger.ts';
import { rateOf, type Schedule, timesOf } from './next-times.ts';
import { firstInstantFrom, formatInstant, localTime } from './zone.ts';

const hour = 3_600_000;
const day = 86_400_000;

/**
 * The interval of a run that was due at `time`: the last whole unit that had ended then, by the zone's clocks; with
 * `schedule`, the time since the previous due time. It follows from the schedule alone, not from when the run
 * started. Undefined: the schedule has no previous due time.
 */
export function intervalAt(schedule: Schedule, unit: IntervalUnit, time: number): Interval | undefined {
  const { timezone, expression } = schedule;
  if (unit === 'schedule') {
    const rate = rateOf(expression);
    const before = rate === undefined ? timesOf(schedule, 0).before(time) : time - rate;
    return before === undefined ? undefined : toInterval(timezone, before, time);
  }
  const end = startOf(timezone, unit, time);
  return toInterval(timezone, startOf(timezone, unit, end - 1), end);
}

/** The whole unit that contains an instant, by the zone's clocks. */
export function intervalAround(timezone: string, unit: Exclude<IntervalUnit, 'schedule'>, instant: number): Interval {
  const start = startOf(timezone, unit, instant);
  // after the longest such unit, and before the end of the next
  return toInterval(timezone, start, startOf(timezone, unit, start + longest[unit] + hour));
}

const longest = { hour: 0, day: day + hour, week: 7 * day + hour, month: 31 * day + hour } as const;

/** A key that is equal for equal intervals, whatever zone they are written in. */
export function intervalKey({ start, end }: Interval): string {
  return `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
}

/** The name for people: the day `2026-03-29`, or the hour `2026-03-29T04-00`. */
export function intervalLabel({ start }: Interval): string {
  return start.includes('T00:00:00') ? start.slice(0, 10) : start.slice(0, 16).replace(':', '-');
}

function toInterval(timezone: string, start: number, end: number): Interval {
  return { start: formatInstant(timezone, start), end: formatInstant(timezone, end) };
}

/** When the unit that contains `instant` began. */
function startOf(timezone: string, unit: Exclude<IntervalUnit, 'schedule'>, instant: number): number {
  const local = localTime(timezone, instant);
  // an hour that clocks repeat is two hours
  if (unit === 'hour') return instant - (((local % hour) + hour) % hour);
  const midnight = local - (((local % day) + day) % day);
  const date = new Date(midnight);
  if (unit === 'day') return firstInstantFrom(timezone, midnight);
  if (unit === 'week') return firstInstantFrom(timezone, midnight - ((date.getUTCDay() + 6) % 7) * day);
  return firstInstantFrom(timezone, Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}
