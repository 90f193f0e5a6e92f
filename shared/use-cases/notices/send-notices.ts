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

/**
 * Notifies people of what happened since the last sweep. Each notice is counted once for each channel that wants it. A
 * message that is not taken is sent again by the next sweep, with what came meanwhile.
 *
 * @param deadline epoch milliseconds; the next sweep continues
 */
export async function sendNotices(system: System, deadline: number): Promise<void> {
  const { ledger, notify } = system;
  if (notify === undefined) return;
  for (;;) {
    const { items } = await ledger.list(noticesPartition, { prefix: newNoticePrefix, limit: atOnce });
    if (items.length > 0) await take(system, items);
    if (items.length < atOnce || system.clock() >= deadline) break;
  }
  await findRecovered(system);
  for (const channel of Object.keys(system.catalog.channels)) await tell(system, channel);
}

/** Moves notices to the channels that want them, all or none. */
async function take(system: System, items: readonly Item[]): Promise<void> {
  const notices = items.map((item) => parseRecord(notice, item));
  const failing = new Map(notices.filter(({ occasion }) => occasion === 'failed').map((each) => [each.pipeline, each]));
  await system.ledger.write([
    ...items.map(({ key }): Change => ({ key, expect: 'any', value: undefined })),
    ...[...failing].map(
      ([name, { run, at }]): Change => ({ key: failingKey(name), expect: 'any', value: { run, at } }),
    ),
    ...(await gathering(system, notices)),
  ]);
}

/** The changes of the channels' records that the notices make. */
async function gathering({ ledger, catalog }: System, notices: readonly Notice[]): Promise<Change[]> {
  const changes: Change[] = [];
  for (const channel of Object.keys(catalog.channels)) {
    const wanted = notices.filter(({ pipeline, occasion }) =>
      channelsFor(catalog.channels, catalog.byName(pipeline)?.pipeline.notify, occasion).includes(channel),
    );
    if (wanted.length === 0) continue;
    const item = await ledger.get(channelKey(channel));
    const before = item === undefined ? emptyChannel : parseRecord(channelRecord, item);
    changes.push({ key: channelKey(channel), expect: item?.version ?? 0, value: wanted.reduce(gather, before) });
  }
  return changes;
}

const failure = z.object({ run: z.string(), at: z.number() });
const ended = z.object({ id: z.string(), status: z.string(), endedAt: z.exactOptional(z.number()) });

/** Pipelines that failed, and have succeeded since. */
async function findRecovered(system: System): Promise<void> {
  const { ledger } = system;
  for await (const item of itemsOf(ledger, noticesPartition, { prefix: failingPrefix })) {
    const { at } = parseRecord(failure, item);
    const pipeline = item.key.sort.slice(failingPrefix.length);
    const { items } = await ledger.list(runsPartition(pipeline), { limit: looksBack, descending: true });
    const runs = items.map((run) => parseRecord(ended, run));
    const good = runs.find(({ status, endedAt }) => status === 'SUCCEEDED' && endedAt !== undefined && endedAt > at);
    if (good === undefined) continue;
    const recovered: Notice = { occasion: 'recovered', pipeline, run: good.id, at: good.endedAt ?? at };
    await ledger.write([
      { key: item.key, expect: item.version, value: undefined },
      ...(await gathering(system, [recovered])),
    ]);
  }
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
  await ledger.write([{ key: channelKey(channel), expect: item.version, value: after satisfies ChannelRecord }]);
}

async function messageFor(system: System, groups: Parameters<typeof summaryOf>[1], more: number): Promise<Message> {
  const [only, other] = groups;
  const isOne = only !== undefined && other === undefined && only.count === 1 && more === 0;
  if (!isOne) return summaryOf(system.stack, groups, more);
  // loaded at the first use: views of runs are large, and few sweeps send a message
  const { factsOfRun } = await import('./notice-facts.ts');
  return messageOf(system.stack, only, await factsOfRun(system, only.latest));
}
