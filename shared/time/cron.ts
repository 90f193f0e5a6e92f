/** A cron expression of EventBridge Scheduler, ready to be asked which days and times it names. */
export type Cron = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  /** Whether a day is one of its. `date` from 1, `month` from 1. */
  readonly isDay: (year: number, month: number, date: number) => boolean;
};

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Reads what `checkSchedule` has found right: minute, hour, day of the month, month, day of the week, year. `L` is the last
 * day of the month or (Saturday) of the week, `5L` the month's last Thursday, `15W` the weekday nearest to the 15th within
 * the month, `LW` the last weekday, `6#3` the third Friday. Source: Scheduler guide, schedule types.
 */
export function readCron(expression: string): Cron {
  const [minute = '', hour = '', date = '', month = '', weekday = '', year = ''] = expression
    .trim()
    .toUpperCase()
    .split(/\s+/);
  return {
    minutes: numbers(minute, 0, 59),
    hours: numbers(hour, 0, 23),
    months: numbers(month, 1, 12, monthNames),
    years: numbers(year, 1970, 2199),
    isDay: date === '?' ? byWeekday(weekday) : byDate(date),
  };
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

type IsDay = Cron['isDay'];

function byDate(field: string): IsDay {
  const rules = field.split(',').map((item): IsDay => {
    if (item === 'L') return (year, month, date) => date === daysIn(year, month);
    if (item === 'LW') return (year, month, date) => date === nearestWeekday(year, month, daysIn(year, month));
    if (item.endsWith('W')) {
      const wanted = Number(item.slice(0, -1));
      return (year, month, date) => wanted <= daysIn(year, month) && date === nearestWeekday(year, month, wanted);
    }
    const dates = new Set(numbers(item, 1, 31));
    return (_year, _month, date) => dates.has(date);
  });
  return (year, month, date) => rules.some((rule) => rule(year, month, date));
}

function byWeekday(field: string): IsDay {
  const rules = field.split(',').map((item): IsDay => {
    const [, day = '', last, nth] = /^(\w+?)(?:(L)|#(\d))$/.exec(item) ?? [];
    if (last !== undefined || nth !== undefined) {
      const wanted = numberOf(day, dayNames);
      return (year, month, date) =>
        weekdayOf(year, month, date) === wanted &&
        (nth === undefined ? date + 7 > daysIn(year, month) : Math.ceil(date / 7) === Number(nth));
    }
    const days = new Set(item === 'L' ? [7] : numbers(item, 1, 7, dayNames));
    return (year, month, date) => days.has(weekdayOf(year, month, date));
  });
  return (year, month, date) => rules.some((rule) => rule(year, month, date));
}

/** From 1, Sunday, to 7. */
function weekdayOf(year: number, month: number, date: number): number {
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 1;
}

/** It stays in the month: a Saturday the first goes to the third, a Sunday the last to the Friday before. */
function nearestWeekday(year: number, month: number, date: number): number {
  const weekday = weekdayOf(year, month, date);
  if (weekday === 7) return date === 1 ? 3 : date - 1;
  if (weekday === 1) return date === daysIn(year, month) ? date - 2 : date + 1;
  return date;
}

/** All that a field names, in order: `*`, `1,3`, `MON-FRI`, `0/15`, `10-50/20`; names may run over the end (`FRI-MON`). */
function numbers(field: string, from: number, to: number, names?: readonly string[]): number[] {
  const named = new Set<number>();
  for (const item of field.split(',')) {
    const [range = '', step] = item.split('/');
    const [first = '', last] = range.split('-');
    const start = range === '*' ? from : numberOf(first, names);
    const end = last !== undefined ? numberOf(last, names) : range === '*' || step !== undefined ? to : start;
    const span = end < start ? end - start + (to - from + 1) : end - start;
    for (let at = 0; at <= span; at += step === undefined ? 1 : Number(step)) {
      named.add(((start - from + at) % (to - from + 1)) + from);
    }
  }
  return [...named].sort((a, b) => a - b);
}

function numberOf(text: string, names: readonly string[] = []): number {
  const at = names.indexOf(text);
  return at < 0 ? Number(text) : at + 1;
}
