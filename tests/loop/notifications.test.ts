import { expect, test } from 'vitest';
import { type Channels, occasions } from '../../shared/model/channel.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator, SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { seeds, simulated } from './simulated.ts';

const channels: Channels = {
  oncall: { kind: 'event', on: occasions },
  chat: { kind: 'event', on: ['failed'] },
};

function notified<T>(fields: object, options: SimulatorOptions, act: (simulator: Simulator) => Promise<T>): Promise<T> {
  const pipeline = pipelineFrom({ pipeline: 'orders', tasks: { load: { 'glue-job': 'load' } }, ...fields });
  return simulated([pipeline], { channels, ...options }, act);
}

const told = ({ notifications }: Simulator) => notifications.map(({ channel, title }) => `${channel}: ${title}`);
const failing = { jobs: { load: { state: 'FAILED', errorMessage: 'no such table' } } } as const;

test('a failed run is notified once to each channel that wants it, with the reason', async () => {
  await notified({}, failing, async (simulator) => {
    await simulator.startRun({ pipeline: 'orders', cause: 'x' });
    await simulator.pass(3_600);
    expect(told(simulator)).toEqual(['oncall: orders failed (local)', 'chat: orders failed (local)']);
    const [first] = simulator.notifications;
    expect(first?.lines.join('\n')).toContain('no such table');
    expect(first?.next.join('\n')).toContain('gluewright rerun orders-x');
  });
});

test('a pipeline’s recovery is notified once', async () => {
  const load = ({ run }: { run: string }) => ({
    state: run === 'orders-x' ? ('FAILED' as const) : ('SUCCEEDED' as const),
  });
  await notified({}, { jobs: { load } }, async (simulator) => {
    for (const cause of ['x', 'y', 'z']) {
      await simulator.startRun({ pipeline: 'orders', cause });
      await simulator.pass(900);
    }
    expect(told(simulator)).toEqual([
      'oncall: orders failed (local)',
      'chat: orders failed (local)',
      'oncall: orders succeeds again (local)',
    ]);
  });
});

test('channels are notified of late runs and waiting approvals', async () => {
  const tasks = { check: { approval: 'Publish?', within: '2h' } };
  await notified({ tasks, runs: { late: '30m' } }, {}, async (simulator) => {
    await simulator.startRun({ pipeline: 'orders', cause: 'x' });
    await simulator.pass(3_600);
    expect(told(simulator)).toEqual([
      'oncall: orders waits for approval: check (local)',
      'oncall: orders is late (local)',
    ]);
  });
});

test.each([
  [false, []],
  [['chat'], ['chat: orders failed (local)']],
  [{ oncall: ['late'] }, []],
  [{ oncall: ['failed'] }, ['oncall: orders failed (local)']],
])('a pipeline with notify: %j chooses its channels', async (notify, expected) => {
  await notified({ notify }, failing, async (simulator) => {
    await simulator.startRun({ pipeline: 'orders', cause: 'x' });
    await simulator.pass(3_600);
    expect(told(simulator)).toEqual(expected);
  });
});

test('a run that people stop does not count as a failure', async () => {
  await notified({}, {}, async (simulator) => {
    await simulator.startRun({ pipeline: 'orders', cause: 'x' });
    await simulator.pass(10);
    await simulator.stopRun('orders-x');
    await simulator.pass(3_600);
    expect(told(simulator)).toEqual([]);
  });
});

test('a hundred failures within an hour are two messages, with all of them in their numbers', async () => {
  await notified({ runs: { max: 100 } }, failing, async (simulator) => {
    for (let run = 0; run < 100; run += 1) {
      await simulator.startRun({ pipeline: 'orders', cause: String(run) });
      await simulator.pass(30);
    }
    await simulator.pass(7_200);
    const oncall = simulator.notifications.filter(({ channel }) => channel === 'oncall');
    expect(oncall).toHaveLength(2);
    expect(oncall[1]?.title).toMatch(/^orders: 9\d runs failed \(local\)$/);
  });
});

test.each(seeds(12))('people hear of a failed run at least once despite all faults (seed %i)', async (seed) => {
  await notified({}, { ...failing, seed, faults: { ...everyFault, seed } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'orders', cause: 'x' });
    await simulator.finish(['orders-x'], 24 * 3_600);
    await simulator.pass(7_200);
    expect(told(simulator)).toContain('oncall: orders failed (local)');
  });
});
