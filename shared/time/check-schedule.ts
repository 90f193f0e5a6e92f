import { scheduleFrom } from './schedule-from.ts';

export type Wrong = { readonly message: string; readonly remedy: string };

/** A field of a cron expression, as EventBridge Scheduler takes it. */
type Field = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** What only this field takes. */
  readonly special?: RegExp;
  readonly blank?: true;
};

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31, blank: true, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { name: 'month', from: 1, to: 12, names: months },
  {
    name: 'day of the week',
    from: 1,
    to: 7,
    names: days,
    blank: true,
    special: /^(?:L|(?:[1-7]|[A-Z]{3})(?:L|#[1-5]))$/,
  },
  { name: 'year', from: 1970, to: 2199 },
];

/** What is wrong with a schedule, in EventBridge Scheduler's syntax; undefined: nothing. Source: Scheduler guide, schedule types. */
export function checkSchedule(text: string): Wrong | undefined {
  const match = /^(cron|rate|at)\((.*)\)$/.exec(text);
  const [, kind, inner = ''] = match ?? [];
  if (kind === 'cron') return checkCron(inner);
  if (kind === 'rate') return checkRate(inner);
  if (kind === 'at') return checkAt(inner);
  const looksLikeUnix = /^[\d*/,-]+(?: +[\w*/,-]+){4}$/.test(text);
  const meant = scheduleFrom(text);
  const same = meant === undefined ? '' : `: write ${meant}`;
  const remedy = looksLikeUnix
    ? `this is Unix cron; EventBridge Scheduler takes six fields in cron(…), with ? in one of the two day fields${same}`
    : meant === undefined
      ? 'write cron(0 3 * * ? *), rate(1 hour) or at(2026-11-22T03:00:00)'
      : `write ${meant}`;
  return { message: `\`${text}\` is not a valid schedule`, remedy };
}

function checkCron(inner: string): Wrong | undefined {
  const parts = inner.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    const message = `cron(…) has six fields, and here are ${inner.trim() === '' ? 0 : parts.length}`;
    return { message, remedy: 'write minute, hour, day of the month, month, day of the week, year: cron(0 3 * * ? *)' };
  }
  for (const [at, field] of fields.entries()) {
    const wrong = (parts[at] ?? '')
      .split(',')
      .find((item) => !isItem(item.toUpperCase(), field, (parts[at] ?? '') === item));
    if (wrong === undefined) continue;
    const range = `${field.from} to ${field.to}${field.names === undefined ? '' : ` or ${field.names[0]} to ${field.names.at(-1)}`}`;
    const message = `\`${wrong}\` cannot stand in the cron field for the ${field.name}`;
    return { message, remedy: `it takes ${range}, lists with \`,\`, ranges with \`-\`, steps with \`/\`, and \`*\`` };
  }
  const [dayOfMonth, dayOfWeek] = [parts[2], parts[4]];
  if (dayOfWeek?.includes('#') === true && dayOfWeek.includes(',')) {
    const message = `\`${dayOfWeek}\` lists more than one day of the week with \`#\``;
    return { message, remedy: 'write one only, such as 3#1, and another schedule for the other' };
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    const message = 'of the two day fields of cron(…) exactly one must be `?`';
    return { message, remedy: 'for every day write cron(0 3 * * ? *), for Mondays cron(0 3 ? * MON *)' };
  }
  return undefined;
}

function isItem(item: string, field: Field, alone: boolean): boolean {
  if (item === '*') return alone;
  if (item === '?') return alone && field.blank === true;
  if (field.special?.test(item) === true) return true;
  const [range = '', step, extra] = item.split('/');
  if (extra !== undefined) return false;
  if (step !== undefined && !(/^[1-9]\d{0,3}$/.test(step) && Number(step) <= field.to)) return false;
  if (step !== undefined && range === '*') return true;
  const ends = range.split('-').map((end) => numberOf(end, field));
  const [first, last] = ends;
  if (ends.length > 2 || first === undefined || (ends.length === 2 && last === undefined)) return false;
  // A range may run over the end (FRI-MON, 20-2 o'clock: the guide's own example); only years begin nothing anew.
  return last === undefined || first <= last || field.name !== 'year';
}

function numberOf(text: string, { from, to, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  const number = named >= 0 ? named + 1 : /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

function checkRate(inner: string): Wrong | undefined {
  const match = /^ *([1-9]\d{0,8}) +(minute|hour|day)(s?) *$/.exec(inner);
  if (match !== null) return undefined;
  return {
    message: `rate(${inner}) is no rate`,
    remedy: 'write a whole number and its unit: rate(1 day), rate(15 minutes), rate(2 hours)',
  };
}

function checkAt(inner: string): Wrong | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.exec(inner);
  if (match !== null && isDate(match[1] ?? '')) return undefined;
  return {
    message: `at(${inner}) is no point in time`,
    remedy: 'write it without a zone, which `timezone` gives: at(2026-11-22T03:00:00)',
  };
}

/** `YYYY-MM-DD`, and a day that the calendar has. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** IANA names in their own spelling. Intl also takes `europe/berlin` and `+01:00`; Scheduler does not. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(text)) return false;
  const known = timezones().find((zone) => zone.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return known === text;
  try {
    // Links such as Asia/Kolkata are not listed, and are taken all the same.
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function timezones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}
