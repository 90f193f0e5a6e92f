import { daysIn, readCron } from './cron.ts';
import { firstInstantFrom, instantOf, localTime } from './zone.ts';

/** When a schedule is due. Times are epoch milliseconds. */
export type Times = {
  /** Due times after `instant`, in order. */
  after(instant: number): Generator<number, void, undefined>;
  /** The latest due time before `instant`. Undefined: there is none. */
  before(instant: number): number | undefined;
};

export type Schedule = {
  /** `cron(…)`, `rate(…)` or `at(…)`, as `checkSchedule` accepts it. */
  readonly expression: string;
  /** An IANA name; `rate` needs none. */
  readonly timezone: string;
  /** What happens to local times that a clock change skips. Absent: they do not run, as in Scheduler. */
  readonly skipped?: 'when-clocks-change';
};

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const day = 86_400_000;

/**
 * The instants of a schedule, as EventBridge Scheduler has them: local times that a clock change skips do not run,
 * and those that it repeats run once, the first time. `rate` is a length of time and ignores clocks.
 *
 * @param start what `rate` counts from
 */
export function timesOf({ expression, timezone, skipped }: Schedule, start: number): Times {
  const instant = skipped === undefined ? instantOf : firstInstantFrom;
  const [, kind, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rateTimes(inner, start);
  if (kind === 'at') return onceAt(instant(timezone, Date.parse(`${inner}Z`)));
  return cronTimes(inner, timezone, instant);
}

/** The first `count` times after `instant`, or fewer. */
export function nextTimes(times: Times, instant: number, count: number): number[] {
  const next: number[] = [];
  if (count < 1) return next;
  for (const time of times.after(instant)) {
    next.push(time);
    if (next.length === count) break;
  }
  return next;
}

/** The step of a `rate`, in milliseconds. Undefined: it is not a rate. */
export function rateOf(expression: string): number | undefined {
  const inner = /^rate\((.*)\)$/.exec(expression)?.[1];
  return inner === undefined ? undefined : stepOf(inner);
}

function stepOf(inner: string): number {
  const [count = '', unit = ''] = inner.trim().split(/\s+/);
  return Number(count) * (units[unit.replace(/s$/, '')] ?? day);
}

function rateTimes(inner: string, start: number): Times {
  const step = stepOf(inner);
  return {
    *after(instant) {
      const from = Math.max(0, Math.floor((instant - start) / step) + 1);
      for (let time = start + from * step; ; time += step) yield time;
    },
    before(instant) {
      const steps = Math.ceil((instant - start) / step) - 1;
      return steps < 0 ? undefined : start + steps * step;
    },
  };
}

function onceAt(time: number | undefined): Times {
  return {
    *after(instant) {
      if (time !== undefined && time > instant) yield time;
    },
    before: (instant) => (time !== undefined && time < instant ? time : undefined),
  };
}

function cronTimes(inner: string, timezone: string, instantFor: typeof instantOf): Times {
  const read = readCron(inner);
  if (read.wrong !== undefined) throw new RangeError(`cron(${inner}): ${read.wrong.message}`);
  const { cron } = read;
  const clock = cron.hours.flatMap((hour) => cron.minutes.map((minute) => (hour * 60 + minute) * 60_000));

  function* days(from: number, direction: 1 | -1): Generator<number, void, undefined> {
    const date = new Date(from);
    let [year, month, first] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const [least = 0, most = 0] = [cron.years[0], cron.years.at(-1)];
    while (direction > 0 ? year <= most : year >= least) {
      if (cron.years.includes(year) && cron.months.includes(month)) {
        const end = direction > 0 ? daysIn(year, month) : 1;
        for (let at = Math.min(first, daysIn(year, month)); direction > 0 ? at <= end : at >= end; at += direction) {
          if (cron.isDay(year, month, at)) yield Date.UTC(year, month - 1, at);
        }
      }
      month += direction;
      if (month < 1 || month > 12) {
        month = direction > 0 ? 1 : 12;
        year += direction;
      }
      first = direction > 0 ? 1 : 31;
    }
  }

  return {
    *after(instant) {
      let latest = instant;
      // start a day earlier, for clocks that were put back over midnight
      for (const date of days(localTime(timezone, instant) - day, 1)) {
        for (const time of clock) {
          const at = instantFor(timezone, date + time);
          if (at === undefined || at <= latest) continue;
          latest = at;
          yield at;
        }
      }
    },
    before(instant) {
      for (const date of days(localTime(timezone, instant) + day, -1)) {
        for (const time of clock.toReversed()) {
          const at = instantFor(timezone, date + time);
          if (at !== undefined && at < instant) return at;
        }
      }
      return undefined;
    },
  };
}
