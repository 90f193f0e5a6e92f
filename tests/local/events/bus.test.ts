import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { type Bus, createBus, type DeliveryFaults } from '../../../local/events/bus.ts';
import type { Event } from '../../../local/events/event.ts';
import { transaction } from '../../../local/storage/transaction.ts';

const start = Date.UTC(2026, 10, 22, 3);

function open(clock: VirtualClock, options: { faults?: DeliveryFaults; database?: DatabaseSync } = {}): Bus {
  let ids = 0;
  const { database = new DatabaseSync(':memory:'), ...faults } = options;
  return createBus({
    database,
    clock,
    uuid: () => `id-${ids++}`,
    account: '000000000000',
    region: 'us-east-1',
    ...faults,
  });
}

const entry = (detail: unknown) => ({ source: 'mine', detailType: 'Thing', detail });
const forever = () => false;

describe('the bus', () => {
  test('delivers an event in AWS’s envelope to the matching rules', async () => {
    const clock = createVirtualClock(start + 999);
    const bus = open(clock);
    const seen: Event[] = [];
    bus.addRule({ name: 'all', pattern: { source: ['mine'] }, target: async (event) => seen.push(event) });
    bus.addRule({ name: 'none', pattern: { source: ['other'] }, target: () => Promise.reject(new Error('never')) });
    bus.put({ ...entry({ n: 1 }), resources: ['arn:x'] });
    await clock.run(forever);
    expect(seen).toEqual([
      {
        version: '0',
        id: 'id-0',
        'detail-type': 'Thing',
        source: 'mine',
        account: '000000000000',
        time: '2026-11-22T03:00:00Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { n: 1 },
      },
    ]);
  });

  test('delivers an event of a transaction only after its commit', async () => {
    const clock = createVirtualClock(start);
    const database = new DatabaseSync(':memory:');
    const bus = open(clock, { database });
    const seen: unknown[] = [];
    bus.addRule({ name: 'all', pattern: { source: ['mine'] }, target: async ({ detail }) => seen.push(detail) });
    const failing = () =>
      transaction(database, () => {
        bus.put(entry('lost'));
        throw new Error('refused');
      });
    expect(failing).toThrow('refused');
    transaction(database, () => bus.put(entry('kept')));
    await clock.run(forever);
    expect(seen).toEqual(['kept']);
  });

  test('redelivers an event to a failing target with growing delays', async () => {
    const clock = createVirtualClock(start);
    const bus = open(clock);
    const at: number[] = [];
    bus.addRule({
      name: 'flaky',
      pattern: { source: ['mine'] },
      target: async () => {
        at.push((clock.now() - start) / 1_000);
        if (at.length < 4) throw new Error('not yet');
      },
    });
    bus.put(entry({}));
    await clock.run(forever);
    expect(at).toEqual([0, 1, 3, 7]);
    expect(bus.deadLetters()).toEqual([]);
  });

  test('keeps an undeliverable event as a dead letter, with the reason', async () => {
    const clock = createVirtualClock(start);
    const bus = open(clock);
    bus.addRule({ name: 'broken', pattern: { source: ['mine'] }, target: () => Promise.reject(new TypeError('no')) });
    bus.put(entry({ n: 1 }));
    await clock.run(forever);
    expect(bus.deadLetters()).toMatchObject([{ rule: 'broken', error: 'TypeError: no' }]);
  });

  const faults: [string, readonly number[], number[]][] = [
    ['loses', [], []],
    ['doubles', [0, 0], [0, 0]],
    ['delays', [5_000], [5]],
  ];
  test.each(faults)('%s an event on request', async (_name, delays, arrivals) => {
    const clock = createVirtualClock(start);
    const bus = open(clock, { faults: () => delays });
    const at: number[] = [];
    const target = async () => at.push((clock.now() - start) / 1_000);
    bus.addRule({ name: 'all', pattern: { source: ['mine'] }, target });
    bus.put(entry({}));
    await clock.run(forever);
    expect(at).toEqual(arrivals);
  });

  test('delivers pending events after a restart', async () => {
    const clock = createVirtualClock(start);
    const database = new DatabaseSync(':memory:');
    const before = open(clock, { database });
    const rule = { name: 'all', pattern: { source: ['mine'] } };
    before.addRule({ ...rule, target: () => Promise.reject(new Error('not yet')) });
    before.put(entry({ n: 1 }));
    await clock.run(() => true);
    await before.close();

    const after = open(clock, { database });
    const seen: unknown[] = [];
    after.addRule({ ...rule, target: async (event) => seen.push(event.detail) });
    after.recover();
    await clock.run(forever);
    expect(seen).toEqual([{ n: 1 }]);
  });
});

describe('PutEvents', () => {
  test('accepts valid entries, and reports the problem of each other entry', async () => {
    const bus = open(createVirtualClock(start));
    const good = { Source: 'mine', DetailType: 'Thing', Detail: '{}' };
    const Entries = [good, { ...good, Detail: '{' }, { Source: 'mine' }, { ...good, EventBusName: 'none' }];
    expect(await bus.operations.PutEvents?.({ Entries })).toEqual({
      FailedEntryCount: 2,
      Entries: [
        { EventId: 'id-0' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: expect.any(String) },
        { ErrorCode: 'InvalidArgument', ErrorMessage: expect.any(String) },
        { EventId: '' },
      ],
    });
  });

  test.each([[{}], [{ Entries: [] }], [{ Entries: Array.from({ length: 11 }, () => ({})) }]])(
    'refuses what is no request: %j',
    async (input) => {
      const bus = open(createVirtualClock(start));
      await expect(bus.operations.PutEvents?.(input)).rejects.toThrow(
        expect.objectContaining({ name: 'ValidationException' }),
      );
    },
  );
});
