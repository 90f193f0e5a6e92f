import { isDate } from '../units/is-date.ts';
import { readCron, type Wrong } from './cron.ts';
import { scheduleFrom } from './schedule-from.ts';

/**
 * What is wrong with a schedule in EventBridge Scheduler's syntax; undefined: nothing. Source: Scheduler guide,
 * schedule types.
 */
export function checkSchedule(text: string): Wrong | undefined {
  const match = /^(cron|rate|at)\((.*)\)$/.exec(text);
  const [, kind, inner = ''] = match ?? [];
  if (kind === 'cron') return readCron(inner).wrong;
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

function checkRate(inner: string): Wrong | undefined {
  const match = /^ *([1-9]\d{0,8}) +(minute|hour|day)(s?) *$/.exec(inner);
  if (match !== null) return undefined;
  const isShort = /\bsec/.test(inner);
  return {
    message: `rate(${inner}) is not a valid rate`,
    remedy: isShort
      ? 'the shortest rate is rate(1 minute)'
      : 'write a whole number and its unit: rate(1 day), rate(15 minutes), rate(2 hours)',
  };
}

function checkAt(inner: string): Wrong | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.exec(inner);
  const [, date] = match ?? [];
  if (date !== undefined && isDate(date)) return undefined;
  if (date !== undefined) return { message: `there is no day ${date}`, remedy: 'write a day that the calendar has' };
  return {
    message: `at(${inner}) is not a valid time`,
    remedy: 'write it without a zone, which `timezone` gives: at(2026-11-22T03:00:00)',
  };
}

/** IANA names in their own spelling. Intl also takes `europe/berlin` and `+01:00`; Scheduler does not. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(text)) return false;
  const known = timezones().find((zone) => zone.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return known === text;
  try {
    // Links such as Asia/Kolkata are not listed, but valid.
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function timezones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}
