const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** `90s`, `2m`, `1h30m`, `7d`: whole numbers, each unit once, from the largest to the smallest. */
export const durationPattern = /^(?=\d)(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;

/** Seconds. Undefined: not a duration. */
export function readDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (match === null) return undefined;
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  return Number(days) * units.d + Number(hours) * units.h + Number(minutes) * units.m + Number(seconds);
}

/** The inverse of {@link readDuration}, as short as possible. */
export function formatDuration(seconds: number): string {
  let left = seconds;
  let text = '';
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}
