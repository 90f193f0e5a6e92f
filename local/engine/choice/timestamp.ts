/** An instant. `nanos` is the part below a millisecond, which also occurs in AWS's context object. */
export type Timestamp = { readonly ms: number; readonly nanos: number };

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/i;

/**
 * Parses what AWS calls an "ISO-8601 extended offset date-time format string" (Java's ISO_OFFSET_DATE_TIME, strict):
 * `T`, optional seconds with up to nine decimals, and `Z` or an offset. Undefined for anything else.
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const found = form.exec(text);
  if (found === null) return undefined;
  const number = (group: number): number => Number(found[group] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || number(10) > 59 || number(11) > 59) return undefined;
  const offset = (number(9) * 3_600 + number(10) * 60 + number(11)) * (found[8] === '-' ? -1 : 1);
  if (Math.abs(offset) > 18 * 3_600) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  // 30 February would roll over into March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const fraction = Number((found[7] ?? '').padEnd(9, '0'));
  const seconds = hour * 3_600 + minute * 60 + second - offset;
  return { ms: midnight.getTime() + seconds * 1_000 + Math.floor(fraction / 1e6), nanos: fraction % 1e6 };
}

/** Negative if `left` is before `right`, positive if after, zero if equal. */
export function compareTimestamps(left: Timestamp, right: Timestamp): number {
  return left.ms - right.ms || left.nanos - right.nanos;
}
