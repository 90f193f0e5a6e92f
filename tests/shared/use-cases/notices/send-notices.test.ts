import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../shared/json.ts';
import { itemsOf } from '../../../../shared/ledger/items-of.ts';
import type { Key } from '../../../../shared/ledger/ledger.ts';
import {
  channelKey,
  failingKey,
  noticeKey,
  noticesPartition,
  runKey,
  runsPartition,
} from '../../../../shared/ledger/ledger-keys.ts';
import { type Channels, type Occasion, occasions } from '../../../../shared/model/channel.ts';
import { createCatalog } from '../../../../shared/services/catalog.ts';
import { reconcile } from '../../../../shared/use-cases/reconciler/reconcile.ts';
import { machine, pipelineOf, World } from '../../world/world.ts';

const oncall: Channels = { oncall: { kind: 'event', on: occasions } };
const pipelines = ['bills', 'orders'].map((name) => ({
  pipeline: pipelineOf(name),
  stateMachineArn: `${machine}${name}`,
}));

function notified(channels: Channels) {
  const world = new World();
  const titles: string[] = [];
  const system = {
    ...world.system,
    catalog: createCatalog(pipelines, channels),
    notify: async (channel: string, _: unknown, { title }: { title: string }) =>
      void titles.push(`${channel}: ${title}`),
  };
  return {
    world,
    titles,
    sweep: () => {
      world.pass(60);
      return reconcile(system);
    },
    write: (key: Key, value: JsonObject) => world.ledger.write([{ key, expect: 'any', value }]),
    notice(occasion: Occasion, pipeline: string, run: string) {
      const at = world.now;
      return this.write(noticeKey(at, occasion, run), { occasion, pipeline, run, at });
    },
    async kept() {
      const sorts: string[] = [];
      for await (const { key } of itemsOf(world.ledger, noticesPartition)) sorts.push(key.sort);
      return sorts;
    },
  };
}

test('unreadable items do not hold up other notifications', async () => {
  const of = notified({ ...oncall, chat: { kind: 'event', on: occasions } });
  for (let at = 0; at < 50; at += 1) await of.write(noticeKey(at, 'riddle', 'x'), { at });
  await of.write(failingKey('orders'), { riddle: true });
  await of.write(channelKey('oncall'), { riddle: true });
  await of.notice('late', 'orders', 'orders-x');
  expect((await of.sweep()).failed).toBe(1);
  expect(of.titles).toEqual(['oncall: orders is late (test)', 'chat: orders is late (test)']);
  expect(await of.kept()).toEqual(['channel#chat', 'channel#oncall', 'failing#orders']);
  const dropped = of.world.lines.filter((line) => JSON.stringify(line).includes('notice dropped'));
  expect(dropped).toHaveLength(51);
});

test('people hear of a failed run even if its records are unreadable', async () => {
  const of = notified(oncall);
  await of.write(runKey('orders-x'), { riddle: true });
  await of.notice('failed', 'orders', 'orders-x');
  await of.sweep();
  expect(of.titles).toEqual(['oncall: orders: 1 run failed (test)']);
});

test.each<[string, string, Channels, readonly string[]]>([
  ['a deployed pipeline is', 'orders', oncall, ['channel#oncall', 'failing#orders']],
  ['a removed pipeline is not', 'gone', oncall, ['channel#oncall']],
  ['a pipeline without channels is not', 'orders', {}, []],
  [
    'a pipeline that no channel asks for is not',
    'orders',
    { chat: { kind: 'event', on: ['failed'] } },
    ['channel#chat'],
  ],
])('%s remembered as failing', async (_, pipeline, channels, kept) => {
  const of = notified(channels);
  await of.notice('failed', pipeline, `${pipeline}-x`);
  await of.sweep();
  expect(await of.kept()).toEqual(kept);
});

test('a failing pipeline is forgotten when no channel asks for it any more', async () => {
  const of = notified({});
  await of.write(failingKey('orders'), { run: 'orders-x', at: 0 });
  await of.sweep();
  expect(await of.kept()).toEqual([]);
});

test('an unreadable run of one pipeline does not hide the recovery of another', async () => {
  const of = notified(oncall);
  for (const pipeline of ['bills', 'orders']) await of.write(failingKey(pipeline), { run: 'x', at: 0 });
  await of.write({ partition: runsPartition('bills'), sort: '1' }, { riddle: true });
  const good = { id: 'orders-y', status: 'SUCCEEDED', endedAt: 1 };
  await of.write({ partition: runsPartition('orders'), sort: '1' }, good);
  expect((await of.sweep()).failed).toBe(1);
  expect(of.titles).toEqual(['oncall: orders succeeds again (test)']);
});
