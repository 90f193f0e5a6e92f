import * as z from 'zod/mini';
import { itemsOf } from '../../ledger/items-of.ts';
import type { Change, Item } from '../../ledger/ledger.ts';
import {
  channelKey,
  failingKey,
  failingPrefix,
  newNoticePrefix,
  noticesPartition,
  runsPartition,
} from '../../ledger/ledger-keys.ts';
import { parseRecord } from '../../ledger/read-record.ts';
import { channelsFor } from '../../model/channel.ts';
import { type ChannelRecord, channelRecord, emptyChannel, gather, tellNow } from '../../notices/gather.ts';
import { type Message, messageOf, summaryOf } from '../../notices/message.ts';
import { type Notice, notice } from '../../notices/notice.ts';
import { failureOf } from '../../services/service-error.ts';
import type { System } from '../../services/system.ts';

/** Notices taken in one transaction, which has room for 100 changes: channels and failing pipelines need some. */
const atOnce = 40;
/** How many of a pipeline's latest runs may tell that it has recovered. */
const looksBack = 10;
/** A channel's record matters for an hour. It outlives a channel that is no longer in the settings by a week at most. */
const weekSeconds = 7 * 24 * 3600;

/** Lets one part of the work fail without the others. */
type Guard = (key: string, work: () => Promise<void>) => Promise<void>;

/**
 * Notifies people of what happened since the last sweep. Each notice is counted once for each channel that wants it. A
 * message that is not taken is sent again by the next sweep, with what came meanwhile.
 *
 * @param deadline epoch milliseconds; the next sweep continues
 */
export async function sendNotices(system: System, deadline: number, guard: Guard): Promise<void> {
  if (system.notify === undefined) return;
  await guard('notices', () => takeAll(system, deadline));
  await guard('recovered pipelines', () => findRecovered(system, guard));
  for (const channel of Object.keys(system.catalog.channels)) {
    await guard(channelKey(channel).sort, () => tell(system, channel));
  }
}

async function takeAll(system: System, deadline: number): Promise<void> {
  for (;;) {
    const { items } = await system.ledger.list(noticesPartition, { prefix: newNoticePrefix, limit: atOnce });
    if (items.length > 0) await take(system, items);
    if (items.length < atOnce || system.clock() >= deadline) return;
  }
}

/** Moves notices to the channels that want them, all or none. */
async function take(system: System, items: readonly Item[]): Promise<void> {
  const notices = items.flatMap((item) => readable(system, notice, item) ?? []);
  const failing = new Map(
    notices
      .filter((each) => each.occasion === 'failed' && wanting(system, { ...each, occasion: 'recovered' }).length > 0)
      .map((each) => [each.pipeline, each]),
  );
  await system.ledger.write([
    ...items.map(({ key }): Change => ({ key, expect: 'any', value: undefined })),
    ...[...failing].map(
      ([name, { run, at }]): Change => ({ key: failingKey(name), expect: 'any', value: { run, at } }),
    ),
    ...(await gathering(system, notices)),
  ]);
}

/** Undefined, and a line in the log: it cannot be read, and must not hold up what can. */
function readable<Schema extends z.ZodMiniType>(
  system: System,
  schema: Schema,
  item: Item,
): z.output<Schema> | undefined {
  try {
    return parseRecord(schema, item);
  } catch (error) {
    system.log({ message: 'notice dropped', level: 'warning', key: item.key.sort, cause: failureOf(error).reason });
    return undefined;
  }
}

function wanting({ catalog }: System, { pipeline, occasion }: Pick<Notice, 'pipeline' | 'occasion'>): string[] {
  return channelsFor(catalog.channels, catalog.byName(pipeline)?.pipeline.notify, occasion);
}

/** The changes of the channels' records that the notices make. */
async function gathering(system: System, notices: readonly Notice[]): Promise<Change[]> {
  const changes: Change[] = [];
  for (const channel of Object.keys(system.catalog.channels)) {
    const wanted = notices.filter((each) => wanting(system, each).includes(channel));
    if (wanted.length === 0) continue;
    const item = await system.ledger.get(channelKey(channel));
    const before = item === undefined ? undefined : readable(system, channelRecord, item);
    changes.push(channelChange(system, channel, item, wanted.reduce(gather, before ?? emptyChannel)));
  }
  return changes;
}

function channelChange(system: System, channel: string, before: Item | undefined, value: ChannelRecord): Change {
  const expires = Math.floor(system.clock() / 1000) + weekSeconds;
  return { key: channelKey(channel), expect: before?.version ?? 0, value, expires };
}

const failure = z.object({ run: z.string(), at: z.number() });
const ended = z.object({ id: z.string(), status: z.string(), endedAt: z.exactOptional(z.number()) });

/** Pipelines that failed, and have succeeded since. */
async function findRecovered(system: System, guard: Guard): Promise<void> {
  for await (const item of itemsOf(system.ledger, noticesPartition, { prefix: failingPrefix })) {
    await guard(item.key.sort, () => lookForSuccess(system, item));
  }
}

async function lookForSuccess(system: System, item: Item): Promise<void> {
  const { ledger, catalog } = system;
  const pipeline = item.key.sort.slice(failingPrefix.length);
  const forget: Change = { key: item.key, expect: item.version, value: undefined };
  // neither a pipeline that is no longer deployed nor one that nobody asks about recovers
  if (catalog.byName(pipeline) === undefined || wanting(system, { pipeline, occasion: 'recovered' }).length === 0) {
    return ledger.write([forget]);
  }
  const { at } = parseRecord(failure, item);
  const { items } = await ledger.list(runsPartition(pipeline), { limit: looksBack, descending: true });
  const runs = items.map((run) => parseRecord(ended, run));
  const good = runs.find(({ status, endedAt }) => status === 'SUCCEEDED' && endedAt !== undefined && endedAt > at);
  if (good === undefined) return;
  const recovered: Notice = { occasion: 'recovered', pipeline, run: good.id, at: good.endedAt ?? at };
  await ledger.write([forget, ...(await gathering(system, [recovered]))]);
}

/** Sends what a channel is to be told now. */
async function tell(system: System, channel: string): Promise<void> {
  const { ledger, catalog, notify } = system;
  const to = catalog.channels[channel];
  const item = await ledger.get(channelKey(channel));
  if (to === undefined || item === undefined || notify === undefined) return;
  const telling = tellNow(parseRecord(channelRecord, item), system.clock());
  if (telling === undefined) return;
  const { groups, more, after } = telling;
  try {
    await notify(channel, to, await messageFor(system, groups, more));
  } catch (error) {
    const { name, reason } = failureOf(error);
    system.log({ message: 'notification not sent', level: 'warning', channel, error: name, cause: reason });
    return;
  }
  system.log({ message: 'notification sent', channel, notices: groups.reduce((all, { count }) => all + count, more) });
  await ledger.write([channelChange(system, channel, item, after)]);
}

async function messageFor(system: System, groups: Parameters<typeof summaryOf>[1], more: number): Promise<Message> {
  const [only, other] = groups;
  const isOne = only !== undefined && other === undefined && only.count === 1 && more === 0;
  if (!isOne) return summaryOf(system.stack, groups, more);
  try {
    // loaded at the first use: views of runs are large, and few sweeps send a message
    const { factsOfRun } = await import('./notice-facts.ts');
    return messageOf(system.stack, only, await factsOfRun(system, only.latest));
  } catch (error) {
    // records of the run cannot be read: people are notified nevertheless
    const { name, reason } = failureOf(error);
    system.log({ message: 'run not read', level: 'warning', run: only.latest.run, error: name, cause: reason });
    return summaryOf(system.stack, groups, more);
  }
}
