import type { Interval } from '../model/pipeline.ts';
import { intervalAround } from './interval.ts';
import { firstInstantFrom } from './zone.ts';

const unit = /^(\d{4})(-?)(\d{2})(?:\2(\d{2})(?:[T_-]?(\d{2}))?)?$/;

/**
 * The hour, day or month that a text names, by the clocks of a zone: `2026-11-21T04`, `2026-11-21`, `2026-11`, or
 * the same without dashes, as object keys have them. Undefined: it names none.
 */
export function namedUnit(text: string, timezone: string): Interval | undefined {
  const found = unit.exec(text);
  if (found === null) return undefined;
  const [, year = '', , month = '', day, hour] = found;
  const written = `${year}-${month}-${day ?? '01'}`;
  const time = Date.parse(`${written}T${hour ?? '00'}:00:00Z`);
  // Date.parse reads the 30th of February as the 2nd of March
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(written)) return undefined;
  const named = hour !== undefined ? 'hour' : day !== undefined ? 'day' : 'month';
  return intervalAround(timezone, named, firstInstantFrom(timezone, time));
}
