import type { Interval } from '../model/pipeline.ts';
import type { IntervalUnit } from '../model/trigger.ts';
import { rateOf, type Schedule, timesOf } from './next-times.ts';
import { firstInstantFrom, formatInstant, localTime } from './zone.ts';

const hour = 3_600_000;
const day = 86_400_000;

/**
 * What a run is for that was due at `time`: the last whole unit that had ended then, by the zone's own clocks; with `schedule`
 * the time since the schedule was due before. It follows from the schedule alone, never from when the run really started.
 * Undefined: the schedule was never due before.
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

/** The whole unit in which an instant lies, by the zone's clocks. */
export function intervalAround(timezone: string, unit: Exclude<IntervalUnit, 'schedule'>, instant: number): Interval {
  const start = startOf(timezone, unit, instant);
  // past the end of the longest, and before that of the next
  return toInterval(timezone, start, startOf(timezone, unit, start + longest[unit] + hour));
}

const longest = { hour: 0, day: day + hour, week: 7 * day + hour, month: 31 * day + hour } as const;

/** Names the same interval the same, whatever zone it is written in. */
export function intervalKey({ start, end }: Interval): string {
  return `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
}

/** How people call it: the day `2026-03-29`, or the hour `2026-03-29T04-00`. */
export function intervalLabel({ start }: Interval): string {
  return start.includes('T00:00:00') ? start.slice(0, 10) : start.slice(0, 16).replace(':', '-');
}

function toInterval(timezone: string, start: number, end: number): Interval {
  return { start: formatInstant(timezone, start), end: formatInstant(timezone, end) };
}

/** When the unit began in which `instant` lies. */
function startOf(timezone: string, unit: Exclude<IntervalUnit, 'schedule'>, instant: number): number {
  const local = localTime(timezone, instant);
  // an hour that is repeated is another hour
  if (unit === 'hour') return instant - (((local % hour) + hour) % hour);
  const midnight = local - (((local % day) + day) % day);
  const date = new Date(midnight);
  if (unit === 'day') return firstInstantFrom(timezone, midnight);
  if (unit === 'week') return firstInstantFrom(timezone, midnight - ((date.getUTCDay() + 6) % 7) * day);
  return firstInstantFrom(timezone, Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}
