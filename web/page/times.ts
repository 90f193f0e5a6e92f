/** Times as the reader wants them: each says its zone. */
export type Times = {
  readonly zone: string;
  /** `22 Nov 2026, 06:31:02 CET` */
  at(instant: string): string;
  /** `06:31:02` */
  clock(instant: number): string;
  /** `22 Nov, 06:31 CET` */
  short(instant: string): string;
};

export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const made = new Map<string, Times>();

/** @param zone an IANA name; an unknown one means UTC */
export function timesIn(zone: string): Times {
  const known = made.get(zone);
  if (known !== undefined) return known;
  const timeZone = isZone(zone) ? zone : 'UTC';
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { day: 'numeric', month: 'short', timeZone } as const;
  const full = new Intl.DateTimeFormat('en-GB', {
    ...day,
    year: 'numeric',
    ...hour,
    second: '2-digit',
    timeZoneName: 'short',
  });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, ...hour, second: '2-digit' });
  const short = new Intl.DateTimeFormat('en-GB', { ...day, ...hour, timeZoneName: 'short' });
  const say = (format: Intl.DateTimeFormat, text: string): string => {
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? text : format.format(date);
  };
  const times: Times = {
    zone: timeZone,
    at: (instant) => say(full, instant),
    clock: (instant) => clock.format(instant),
    short: (instant) => say(short, instant),
  };
  made.set(zone, times);
  return times;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `0.4 s`, `12 s`, `3 m 04 s`, `2 h 05 m`, `3 d 4 h` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 2_880) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** From a start to an end, or to now. Absent: it has not started. */
export function lasted(from: string | undefined, to: string | undefined, now: number): number | undefined {
  return from === undefined ? undefined : (to === undefined ? now : Date.parse(to)) - Date.parse(from);
}
