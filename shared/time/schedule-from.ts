import type { Json } from '../json.ts';

const named: Readonly<Record<string, string>> = {
  '@hourly': 'cron(0 * * * ? *)',
  '@daily': 'cron(0 0 * * ? *)',
  '@midnight': 'cron(0 0 * * ? *)',
  '@weekly': 'cron(0 0 ? * SUN *)',
  '@monthly': 'cron(0 0 1 * ? *)',
  '@yearly': 'cron(0 0 1 1 ? *)',
  '@annually': 'cron(0 0 1 1 ? *)',
  hourly: 'rate(1 hour)',
  daily: 'cron(0 0 * * ? *)',
  weekly: 'cron(0 0 ? * SUN *)',
};

/** Translates Unix cron, or a word such as `@daily`, to EventBridge Scheduler's syntax. Undefined: it is neither. */
export function scheduleFrom(written: Json): string | undefined {
  if (typeof written !== 'string') return undefined;
  const text = written.trim();
  if (Object.hasOwn(named, text)) return named[text];
  if (/^(cron|rate|at)\(.+\)$/.test(text)) return text;
  const [minute, hour, day, month, weekday, ...more] = text.split(/\s+/);
  if (minute === undefined || hour === undefined || day === undefined || month === undefined) return undefined;
  if (weekday === undefined || more.length > 0) return undefined;
  if (![minute, hour, day, month, weekday].every((field) => /^[\dA-Za-z*,/-]+$/.test(field))) return undefined;
  // Scheduler has no "either day of the month or weekday"
  if (day !== '*' && weekday !== '*') return undefined;
  if (weekday === '*') return `cron(${minute} ${hour} ${day} ${month} ? *)`;
  const days = weekdays(weekday);
  return days === undefined ? undefined : `cron(${minute} ${hour} ? ${month} ${days} *)`;
}

const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** Unix counts weekdays from Sunday as 0, Scheduler from Sunday as 1. Names are the same in both. */
function weekdays(field: string): string | undefined {
  if (!/^[0-7A-Za-z,-]+$/.test(field)) return undefined;
  return field.replaceAll(/\d/g, (digit) => names[Number(digit)] ?? digit).toUpperCase();
}
