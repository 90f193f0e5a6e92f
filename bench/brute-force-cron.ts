const minute = 60_000;
const hour = 3_600_000;

/** Every minute of a span of time in one zone: what its clocks showed, and whether they had shown it before. */
export type Minutes = {
  /** Epoch milliseconds. */
  readonly from: number;
  /** What the clocks show at each minute from then on, as the minutes that it would be in UTC. */
  readonly shown: Float64Array;
  /** 1: the clocks were put back, and show this for the second time. */
  readonly again: Uint8Array;
};

/** Offsets are looked up once an hour, and every minute of an hour in which they change. */
export function minutesOf(zone: string, from: number, to: number): Minutes {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsetAt = (instant: number): number => {
    const [, sign, hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(instant)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  const shown = new Float64Array((to - from) / minute);
  const again = new Uint8Array(shown.length);
  let latest = Number.NEGATIVE_INFINITY;
  let next = offsetAt(from);
  for (let begin = from; begin < to; begin += hour) {
    const offset = next;
    next = offsetAt(begin + hour);
    const steady = offset === next;
    for (let instant = begin; instant < Math.min(to, begin + hour); instant += minute) {
      const at = (instant - from) / minute;
      const local = instant / minute + (steady ? offset : offsetAt(instant));
      shown[at] = local;
      again[at] = local <= latest ? 1 : 0;
      latest = Math.max(latest, local);
    }
  }
  return { from, shown, again };
}

/** All minutes at which a cron expression of EventBridge Scheduler is due, by trying each minute. Epoch milliseconds. */
export function bruteForceCron(expression: string, { from, shown, again }: Minutes): number[] {
  const [minutes = '', hours = '', date = '', month = '', weekday = '', year = ''] = expression.split(' ');
  const ofDay = Uint8Array.from({ length: 1440 }, (_, at) =>
    names(minutes, at % 60, 0, 59) && names(hours, Math.floor(at / 60), 0, 23) ? 1 : 0,
  );
  const dates = new Map<number, boolean>();
  const isDay = (day: number): boolean => {
    const known = dates.get(day);
    if (known !== undefined) return known;
    const calendar = new Date(day * 86_400_000);
    const found =
      names(year, calendar.getUTCFullYear(), 1970, 2199) &&
      names(month, calendar.getUTCMonth() + 1, 1, 12, monthNames) &&
      (date === '?' ? isWeekday(weekday, calendar) : isDate(date, calendar));
    dates.set(day, found);
    return found;
  };
  const due: number[] = [];
  for (const [at, local] of shown.entries()) {
    if (ofDay[local % 1440] !== 1 || again[at] === 1) continue;
    if (isDay(Math.floor(local / 1440))) due.push(from + at * minute);
  }
  return due;
}

const monthNames = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const dayNames = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** Whether a field contains a number. */
function names(field: string, value: number, least: number, most: number, words: readonly string[] = []): boolean {
  const numberOf = (text: string) => (words.includes(text) ? words.indexOf(text) + 1 : Number(text));
  return field.split(',').some((item) => {
    const [range = '', step] = item.split('/');
    if (range === '*') return step === undefined || (value - least) % Number(step) === 0;
    const [first = 0, last] = range.split('-').map(numberOf);
    if (last === undefined && step === undefined) return value === first;
    const size = most - least + 1;
    const beyond = (value - first + size) % size;
    const inRange = last === undefined ? value >= first : beyond <= (last - first + size) % size;
    return inRange && beyond % Number(step ?? 1) === 0;
  });
}

function isWeekday(field: string, day: Date): boolean {
  const weekday = day.getUTCDay() + 1;
  return field.split(',').some((item) => {
    const [name = '', nth] = item.split('#');
    if (nth !== undefined) {
      // the nth: one that many weeks earlier lay in the month before
      const inMonth = [...Array(Number(nth)).keys()].filter((weeks) => sameMonth(day, -7 * weeks)).length;
      return names(name, weekday, 1, 7, dayNames) && inMonth === Number(nth) && !sameMonth(day, -7 * Number(nth));
    }
    if (item === 'L') return weekday === 7;
    if (item.endsWith('L')) return names(item.slice(0, -1), weekday, 1, 7, dayNames) && !sameMonth(day, 7);
    return names(item, weekday, 1, 7, dayNames);
  });
}

function isDate(field: string, day: Date): boolean {
  return field.split(',').some((item) => {
    if (item === 'L') return !sameMonth(day, 1);
    if (!item.endsWith('W')) return names(item, day.getUTCDate(), 1, 31);
    // the nearest weekday of the month: never two are equally near
    const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    const wanted = item === 'LW' ? length : Number(item.slice(0, -1));
    if (wanted > length) return false;
    const weekdays = [...Array(length).keys()]
      .map((before) => before + 1)
      .filter((date) => ![0, 6].includes(weekdayOn(day, date)));
    const distance = (date: number) => Math.abs(date - wanted);
    return weekdays.sort((one, other) => distance(one) - distance(other))[0] === day.getUTCDate();
  });
}

function weekdayOn(day: Date, date: number): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
}

function sameMonth(day: Date, days: number): boolean {
  return new Date(day.getTime() + days * 86_400_000).getUTCMonth() === day.getUTCMonth();
}
