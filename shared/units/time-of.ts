import { isDate } from './is-date.ts';

/** Epoch milliseconds of a date, or of a date and a time, in ISO 8601. Undefined: it is neither. */
export function timeOf(text: string): number | undefined {
  // Date reads the 30th of February as the 2nd of March
  if (!/^.{10}(?:T|$)/.test(text) || !isDate(text.slice(0, 10))) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
