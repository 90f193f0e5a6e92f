import * as z from 'zod/mini';
import { type Notice, notice } from './notice.ts';

/** Notices of one occasion and pipeline: how many, and the latest. */
const gathered = z.object({ count: z.number(), latest: notice });
export type Gathered = z.output<typeof gathered>;

/**
 * What a channel has been told within the hour, and what waits. A channel gets a few messages an hour: the first notice of
 * each occasion and pipeline at once, and all others together when the hour is over.
 */
export const channelRecord = z.object({
  hour: z.exactOptional(z.object({ until: z.number(), messages: z.number(), told: z.array(z.string()) })),
  /** By occasion and pipeline. */
  waiting: z.record(z.string(), gathered),
  /** Notices that wait beyond {@link mostSorts}. */
  more: z.number(),
});
export type ChannelRecord = z.output<typeof channelRecord>;

const hourMilliseconds = 3_600_000;
/** Messages to one channel within an hour, besides the one at its end. */
export const mostMessages = 5;
/** Keeps a channel's record small. */
const mostSorts = 300;

export const emptyChannel: ChannelRecord = { waiting: {}, more: 0 };

const sortOf = ({ occasion, pipeline }: Notice): string => `${occasion}#${pipeline}`;

/** Adds a notice to those that wait. */
export function gather(record: ChannelRecord, added: Notice): ChannelRecord {
  const { waiting } = record;
  const sort = sortOf(added);
  const before = Object.hasOwn(waiting, sort) ? waiting[sort] : undefined;
  if (before === undefined && Object.keys(waiting).length >= mostSorts) return { ...record, more: record.more + 1 };
  return { ...record, waiting: { ...waiting, [sort]: { count: (before?.count ?? 0) + 1, latest: added } } };
}

/** What to say now. `after`: the record once it has been said. */
export type Telling = { readonly groups: readonly Gathered[]; readonly more: number; readonly after: ChannelRecord };

/** Undefined: nothing is to be said yet. @param now epoch milliseconds */
export function tellNow(record: ChannelRecord, now: number): Telling | undefined {
  const { hour, waiting, more } = record;
  const sorts = Object.keys(waiting);
  if (sorts.length === 0 && more === 0) return undefined;
  if (hour === undefined || now >= hour.until) {
    const after = { hour: { until: now + hourMilliseconds, messages: 1, told: sorts }, waiting: {}, more: 0 };
    return { groups: Object.values(waiting), more, after };
  }
  const fresh = sorts.filter((sort) => !hour.told.includes(sort));
  if (fresh.length === 0 || hour.messages >= mostMessages) return undefined;
  const kept = Object.entries(waiting).filter(([sort]) => !fresh.includes(sort));
  const told = [...hour.told, ...fresh];
  return {
    groups: fresh.flatMap((sort) => waiting[sort] ?? []),
    more: 0,
    after: { hour: { ...hour, messages: hour.messages + 1, told }, waiting: Object.fromEntries(kept), more },
  };
}
