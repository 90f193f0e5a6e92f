/** A cron expression of EventBridge Scheduler, parsed. */
export type Cron = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  /** Whether the expression names a day. `date` from 1, `month` from 1. */
  readonly isDay: IsDay;
};
type IsDay = (year: number, month: number, date: number) => boolean;

export type Wrong = { readonly message: string; readonly remedy: string };

/** One of the six fields. */
type Field = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** Reads the forms that only this field has. */
  readonly special?: (item: string) => IsDay | undefined;
  readonly isDay?: (day: number) => IsDay;
};

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const minute: Field = { name: 'minute', from: 0, to: 59 };
const hour: Field = { name: 'hour', from: 0, to: 23 };
const dayOfMonth: Field = {
  name: 'day of the month',
  from: 1,
  to: 31,
  special: specialDate,
  isDay: (day) => (_year, _month, date) => date === day,
};
const month: Field = { name: 'month', from: 1, to: 12, names: monthNames };
const dayOfWeek: Field = {
  name: 'day of the week',
  from: 1,
  to: 7,
  names: dayNames,
  special: specialWeekday,
  isDay: (day) => (year, month, date) => weekdayOf(year, month, date) === day,
};
const year: Field = { name: 'year', from: 1970, to: 2199 };
const fields = [minute, hour, dayOfMonth, month, dayOfWeek, year];

/**
 * Reads the six fields: minute, hour, day of the month, month, day of the week, year. `L` is the last day of the month or
 * (Saturday) of the week, `5L` the month's last Thursday, `15W` the weekday nearest to the 15th within the month, `LW` the
 * last weekday, `6#3` the third Friday. Source: Scheduler guide, schedule types. `L-2`, two days before the month's last,
 * is not in the guide, but AWS's support calls it intended (zenn.dev/kz23szk/articles/d52df8b1614fb6).
 */
export function readCron(
  expression: string,
): { readonly cron: Cron; readonly wrong?: undefined } | { readonly wrong: Wrong } {
  const texts = expression.trim() === '' ? [] : expression.trim().split(/\s+/);
  if (texts.length !== fields.length) {
    const message = `cron(…) has six fields, and here are ${texts.length}`;
    const remedy = 'write minute, hour, day of the month, month, day of the week, year: cron(0 3 * * ? *)';
    return { wrong: { message, remedy } };
  }
  const read = fields.map((field, at) => readField(texts[at] ?? '', field));
  for (const each of read) if ('wrong' in each) return each;
  const [date = '', weekday = ''] = [texts[2], texts[4]];
  if (weekday.includes('#') && weekday.includes(',')) {
    const message = `\`${weekday}\` lists more than one day of the week with \`#\``;
    return { wrong: { message, remedy: 'write one only, such as 3#1, and another schedule for the other' } };
  }
  if ((date === '?') === (weekday === '?')) {
    const message = 'exactly one of the two day fields of cron(…) must be `?`';
    return {
      wrong: { message, remedy: 'for every day write cron(0 3 * * ? *), for Mondays cron(0 3 ? * MON *)' },
    };
  }
  const numbers = read.map((each) => ('numbers' in each ? each.numbers : []));
  const days = read[date === '?' ? 4 : 2];
  const rules = days !== undefined && 'days' in days ? days.days : [];
  const [minutes = [], hours = [], , months = [], , years = []] = numbers;
  return {
    cron: { minutes, hours, months, years, isDay: (...day) => rules.some((rule) => rule(...day)) },
  };
}

type ReadField = { readonly numbers: readonly number[]; readonly days: readonly IsDay[] } | { readonly wrong: Wrong };

/** `?`, `*`, and lists of `5`, `MON-FRI`, `0/15`, `10-50/20` and the field's own forms. */
function readField(text: string, field: Field): ReadField {
  if (text === '?' && field.isDay !== undefined) return { numbers: [], days: [] };
  const named = new Set<number>();
  const days: IsDay[] = [];
  for (const item of text.split(',')) {
    const special = field.special?.(item.toUpperCase());
    const numbers = special !== undefined ? [] : readItem(item.toUpperCase(), field, item === text);
    if (numbers === undefined) return { wrong: wrongItem(item, field) };
    if (special !== undefined) days.push(special);
    for (const number of numbers) named.add(number);
  }
  const numbers = [...named].sort((a, b) => a - b);
  if (field.isDay !== undefined) days.push(...numbers.map(field.isDay));
  return { numbers, days };
}

function wrongItem(item: string, { name, from, to, names }: Field): Wrong {
  const range = `${from} to ${to}${names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`}`;
  return {
    message: `the cron field for the ${name} does not take \`${item}\``,
    remedy: `it takes ${range}, lists with \`,\`, ranges with \`-\`, steps with \`/\`, and \`*\``,
  };
}

/** Undefined: the field does not take it. @param alone the item is the whole field */
function readItem(item: string, field: Field, alone: boolean): number[] | undefined {
  const { from, to } = field;
  const [range = '', step, extra] = item.split('/');
  if (extra !== undefined || (range === '*' && step === undefined && !alone)) return undefined;
  if (step !== undefined && !(/^[1-9]\d{0,3}$/.test(step) && Number(step) <= to)) return undefined;
  const ends = range === '*' ? [from, to] : range.split('-').map((end) => numberOf(end, field));
  const [first, last] = ends;
  if (first === undefined || ends.length > 2 || (ends.length === 2 && last === undefined)) return undefined;
  const end = last ?? (step === undefined ? first : to);
  // A range may run over the end (FRI-MON, 20-2 o'clock: the guide's own example). Years do not begin again.
  if (end < first && field === year) return undefined;
  const size = to - from + 1;
  const span = end < first ? end - first + size : end - first;
  const numbers: number[] = [];
  for (let at = 0; at <= span; at += Number(step ?? 1)) numbers.push(((first - from + at) % size) + from);
  return numbers;
}

function numberOf(text: string, { from, to, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  const number = named >= 0 ? named + 1 : /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

function specialDate(item: string): IsDay | undefined {
  if (item === 'L') return (year, month, date) => date === daysIn(year, month);
  if (item === 'LW') return (year, month, date) => date === nearestWeekday(year, month, daysIn(year, month));
  const before = /^L-([1-9]\d?)$/.exec(item)?.[1];
  if (before !== undefined && Number(before) < dayOfMonth.to) {
    return (year, month, date) => date === daysIn(year, month) - Number(before);
  }
  const wanted = /^(.+)W$/.exec(item)?.[1];
  const near = wanted === undefined ? undefined : numberOf(wanted, dayOfMonth);
  if (near === undefined) return undefined;
  return (year, month, date) => near <= daysIn(year, month) && date === nearestWeekday(year, month, near);
}

function specialWeekday(item: string): IsDay | undefined {
  if (item === 'L') return dayOfWeek.isDay?.(7);
  const [, day = '', nth] = /^(\w+?)(?:L|#([1-5]))$/.exec(item) ?? [];
  const wanted = numberOf(day, dayOfWeek);
  if (wanted === undefined) return undefined;
  return (year, month, date) =>
    weekdayOf(year, month, date) === wanted &&
    (nth === undefined ? date + 7 > daysIn(year, month) : Math.ceil(date / 7) === Number(nth));
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** From 1, Sunday, to 7. */
function weekdayOf(year: number, month: number, date: number): number {
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 1;
}

/** Within the month: from a Saturday the 1st to the 3rd, from a Sunday at its end to the Friday before. */
function nearestWeekday(year: number, month: number, date: number): number {
  const weekday = weekdayOf(year, month, date);
  if (weekday === 7) return date === 1 ? 3 : date - 1;
  if (weekday === 1) return date === daysIn(year, month) ? date - 2 : date + 1;
  return date;
}
