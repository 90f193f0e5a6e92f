/** Wall-clock time of a zone, as the milliseconds that the same clock time has in UTC. */
export type LocalTime = number;

const minute = 60_000;
const day = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** The wall-clock time of an IANA zone at an instant (epoch milliseconds). */
export function localTime(zone: string, instant: number): LocalTime {
  if (zone === 'UTC') return instant;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, date, hour, minutes, second) + (instant - Math.floor(instant / 1000) * 1000);
}

/** The first instant at which clocks show the time. Undefined: a clock change skips it. */
export function instantOf(zone: string, local: LocalTime): number | undefined {
  const [before, after] = offsetsAround(zone, local);
  if (before === after) return local - before;
  const candidates = [local - before, local - after];
  return candidates.sort((a, b) => a - b).find((instant) => localTime(zone, instant) === local);
}

/** As {@link instantOf}; for a skipped time, the moment of the clock change. */
export function firstInstantFrom(zone: string, local: LocalTime): number {
  const exact = instantOf(zone, local);
  if (exact !== undefined) return exact;
  // bisect for the first instant with this time or a later one
  let before = local - Math.max(...offsetsAround(zone, local)) - minute;
  let after = local - Math.min(...offsetsAround(zone, local)) + minute;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localTime(zone, middle) < local) before = middle;
    else after = middle;
  }
  return after;
}

type Offsets = readonly [before: number, after: number];

/** The last day looked up for each zone: schedules ask for consecutive days, and Intl is slow. */
const lastOffsets = new Map<string, { readonly date: number; readonly offsets: Offsets }>();

/**
 * The zone's offset from UTC in milliseconds, a day before the date and a day after it. At most one clock change
 * lies between.
 */
function offsetsAround(zone: string, local: LocalTime): Offsets {
  const date = Math.floor(local / day);
  const known = lastOffsets.get(zone);
  if (known?.date === date) return known.offsets;
  const offsetAt = (near: number): number => localTime(zone, near) - near;
  const offsets: Offsets = [offsetAt((date - 1) * day), offsetAt((date + 2) * day)];
  lastOffsets.set(zone, { date, offsets });
  return offsets;
}

/** ISO 8601 with the zone's offset: `2026-03-29T00:00:00+01:00`; in UTC with `Z`. */
export function formatInstant(zone: string, instant: number): string {
  const local = localTime(zone, instant);
  const text = new Date(local).toISOString().slice(0, 19);
  if (zone === 'UTC') return `${text}Z`;
  const offset = Math.round((local - instant) / minute);
  const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(Math.abs(offset) % 60)}`;
}
