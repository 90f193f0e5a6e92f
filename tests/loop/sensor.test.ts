import { expect, test } from 'vitest';
import { taskKey } from '../../shared/ledger/ledger-keys.ts';
import { readRecord } from '../../shared/ledger/read-record.ts';
import { taskRecord } from '../../shared/runs/task/task-record.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import { simulate } from '../../testing/simulate.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

const prices = 's3://landing/prices/2026-01-01.csv';

function read(object: string = prices, fields: object = {}) {
  const tasks = {
    arrival: { sensor: { object }, ...fields },
    load: { 'glue-job': 'load', after: 'arrival', args: { from: '{% $tasks.arrival.output.object %}' } },
    apology: { 'glue-job': 'apology', after: 'arrival', when: 'any_failed' },
  };
  return pipelineFrom({ pipeline: 'prices', tasks });
}

test.each([
  ['an object', prices, prices],
  ['an object that an expression names', `{% "s3://landing/prices/" & $now("[Y]") & "-01-01.csv" %}`, prices],
  ['any object of a folder', 's3://landing/prices/', prices],
])('waits for %s and returns its address', async (_, object, expected) => {
  const run = await simulate(read(object), { objects: { [expected]: 3_600 } });
  expect(run.tasks.arrival?.status).toBe('succeeded');
  const [load] = run.tasks.load?.jobRuns ?? [];
  expect(load?.arguments['--from']).toBe(expected);
  expect(load?.startedAt).toBeGreaterThanOrEqual(3_600);
  expect(load?.startedAt).toBeLessThanOrEqual(3_600 + 125);
});

test('an existing object is found at once', async () => {
  await simulated([read()], { objects: { [prices]: 0 } }, async (simulator) => {
    await simulator.pass(100);
    expect((await playRun(simulator, 'prices')).tasks.load?.jobRuns[0]?.startedAt).toBeLessThan(110);
  });
});

test('says when it found what', async () => {
  await simulated([read()], { objects: { [prices]: 590 } }, async (simulator) => {
    await playRun(simulator, 'prices');
    const record = await readRecord(simulator.runtime.system.ledger, taskKey('prices-x', 'arrival'), taskRecord);
    expect(record?.attempt.said).toMatch(/^found s3:\/\/landing\/prices\/2026-01-01\.csv at 2026-01-01T00:1[01]:/);
    expect(record?.attempt.phase).toMatchObject({ ending: { output: { object: prices, size: 0 } } });
  });
});

test('looks every `every`, even if a look is late', async () => {
  const run = await simulate(read(prices, { every: '30m' }), { objects: { [prices]: 60 } });
  const { startedAt = 0 } = run.tasks.load?.jobRuns[0] ?? {};
  expect(startedAt).toBeGreaterThanOrEqual(1_800);
  expect(startedAt).toBeLessThanOrEqual(1_800 + 65);
});

test.each([
  ['another object of its folder', { 's3://landing/prices/2026-01-02.csv': 60 }],
  ['an object whose key only begins alike', { [`${prices}.part`]: 60 }],
  ['a missing bucket', {}],
])('does not accept %s, and times out', async (_, objects) => {
  const run = await simulate(read(prices, { timeout: '1h' }), { objects });
  expect(run.tasks.arrival).toMatchObject({ status: 'timed_out', error: 'Gluewright.SensorTimedOut' });
  expect(run.tasks.apology?.status).toBe('succeeded');
  expect(run.tasks.arrival?.jobRuns).toEqual([]);
});

test('times out in the first attempt and finds the object in the second', async () => {
  const fields = { timeout: '1h', retry: { attempts: 2, delay: '1m' } };
  const run = await simulate(read(prices, fields), { objects: { [prices]: 5_000 } });
  expect(run.tasks.load?.status).toBe('succeeded');
});

test('the task’s deadline ends it', async () => {
  const run = await simulate(read(prices, { deadline: '30m' }));
  expect(run.tasks.arrival).toMatchObject({ status: 'timed_out', error: 'Gluewright.DeadlinePassed' });
});

test('an invalid address fails at once, without a retry', async () => {
  const object = '{% $run.id = "x" ? "s3://landing/a" : 7 %}';
  const run = await simulate(read(object, { retry: { attempts: 3 } }));
  expect(run.tasks.arrival).toMatchObject({ status: 'failed', error: 'Gluewright.NothingToLookFor' });
  expect(run.tasks.apology?.jobRuns[0]?.startedAt).toBeLessThan(60);
});

test('a stopped run stops waiting at once', async () => {
  const run = await simulate(read(), { stopAfter: 600 });
  expect(run).toMatchObject({ status: 'ABORTED', settled: true });
  expect(run.seconds).toBeLessThan(660);
});

const day = { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' };
const pipelines = [
  pipelineFrom({ pipeline: 'maker', tasks: { make: { 'glue-job': 'make', publishes: 'orders' } } }),
  pipelineFrom({
    pipeline: 'taker',
    tasks: {
      orders: { sensor: { dataset: 'orders', interval: '{% $interval %}' }, timeout: '6h' },
      join: { 'glue-job': 'join', after: 'orders', args: { of: '{% $tasks.orders.output.run %}' } },
    },
  }),
];

async function waitForDataset(seed: number, faults: object, made: typeof day) {
  return simulated(pipelines, { seed, faults: { ...faults, seed } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'taker', cause: 'x', interval: day });
    await simulator.pass(3_600);
    await simulator.startRun({ pipeline: 'maker', cause: 'x', interval: made });
    expect(await simulator.finish(['taker-x', 'maker-x'], 86_400)).toBe(true);
    return (await simulator.look('taker-x')).tasks;
  });
}

test('waits for a dataset of its interval and returns the run that published it', async () => {
  const { join } = await waitForDataset(
    1,
    {},
    { start: '2026-01-01T01:00:00+01:00', end: '2026-01-02T01:00:00+01:00' },
  );
  expect(join?.jobRuns[0]?.arguments['--of']).toBe('maker-x');
  expect(join?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(3_600);
});

test('does not accept a dataset of another interval', async () => {
  const { orders } = await waitForDataset(1, {}, { start: day.end, end: '2026-01-03T00:00:00Z' });
  expect(orders).toMatchObject({ status: 'timed_out', error: 'Gluewright.SensorTimedOut' });
});

test('two runs can wait for one object', async () => {
  const both = ['one', 'two'].map((name) => ({ ...read(), name }));
  await simulated(both, { objects: { [prices]: 900 } }, async (simulator) => {
    for (const pipeline of ['one', 'two']) await simulator.startRun({ pipeline, cause: 'x' });
    expect(await simulator.finish(['one-x', 'two-x'], 7_200)).toBe(true);
    for (const run of ['one-x', 'two-x']) expect((await simulator.look(run)).tasks.load?.status).toBe('succeeded');
  });
});

test('faults affect the looks', async () => {
  const run = await simulate(read(), { faults: { failing: 0.5 }, objects: { [prices]: 3_600 } });
  expect(run.faults.filter((fault) => fault.startsWith('S3.ListObjectsV2')).length).toBeGreaterThan(5);
  expect(run.tasks.load?.status).toBe('succeeded');
});

test.each(seeds(12))(
  'with every fault at once, finds an object that appears, and nothing earlier (seed %i)',
  async (seed) => {
    const options = { seed, faults: { ...everyFault, seed }, objects: { [prices]: 1_800 } };
    await simulated([read()], options, async (simulator) => {
      const { tasks } = await playRun(simulator, 'prices', 86_400);
      expect(tasks.arrival?.status).toBe('succeeded');
      expect(tasks.load?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(1_800);
      expect(tasks.apology?.status).toBe('skipped');
    });
  },
);

test.each(seeds(12))('with every fault at once, times out without an object (seed %i)', async (seed) => {
  const options = { seed, faults: { ...everyFault, seed } };
  await simulated([read(prices, { timeout: '30m' })], options, async (simulator) => {
    const { tasks } = await playRun(simulator, 'prices', 86_400);
    expect(tasks.arrival?.status).toBe('timed_out');
    expect(tasks.load?.jobRuns).toEqual([]);
    expect(tasks.apology?.status).toBe('succeeded');
  });
});

test.each(seeds(12))('with every fault at once, finds a published dataset (seed %i)', async (seed) => {
  const { join } = await waitForDataset(seed, everyFault, day);
  expect(join?.status).toBe('succeeded');
  expect(join?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(3_600);
});

function readSensor(sensor: object) {
  const tasks = {
    arrival: { sensor },
    load: { 'glue-job': 'load', after: 'arrival', args: { from: '{% $string($tasks.arrival.output) %}' } },
  };
  return pipelineFrom({ pipeline: 'prices', tasks });
}

test('waits for a partition of a table, whose values may be expressions', async () => {
  const sensor = { partition: 'sales.orders', values: ['2026', '{% $now("[M01]") %}'] };
  const run = await simulate(readSensor(sensor), { partitions: { 'sales.orders/2026/01': 1_800 } });
  const [load] = run.tasks.load?.jobRuns ?? [];
  expect(JSON.parse(load?.arguments['--from'] ?? '')).toMatchObject({
    partition: 'sales.orders',
    values: ['2026', '01'],
  });
  expect(load?.startedAt).toBeGreaterThanOrEqual(1_800);
  expect(load?.startedAt).toBeLessThanOrEqual(1_800 + 125);
});

test('a simulated partition appears even if the pipeline’s calls fail', async () => {
  const sensor = { partition: 'sales.orders', values: ['2026'] };
  const faults = { failing: 0.3, throttled: 0.3 };
  const run = await simulate(readSensor(sensor), { partitions: { 'sales.orders/2026': 1_800 }, faults });
  expect(run.tasks.arrival?.status).toBe('succeeded');
});

test.each([
  [{ objects: { 'landing/a.csv': 0 } }, 'landing/a.csv is not an address'],
  [{ partitions: { 'sales-orders': 0 } }, 'sales-orders is not a partition'],
  [{ partitions: { 'sales.orders/1': 0, 'sales.orders/1/2': 0 } }, 'sales.orders/1/2 has 2 values'],
])('a simulation with %j is refused', async (options, message) => {
  await expect(simulate(read(), options)).rejects.toThrow(message);
});

test('waits until an address answers with the status 200', async () => {
  const url = 'https://example.com/ready';
  const run = await simulate(readSensor({ url }), { urls: { [url]: 1_800 } });
  const [load] = run.tasks.load?.jobRuns ?? [];
  expect(JSON.parse(load?.arguments['--from'] ?? '')).toMatchObject({ url });
  expect(load?.startedAt).toBeGreaterThanOrEqual(1_800);
});

test.each([
  ['a partition', { partition: 'sales.orders', values: ['{% 7 %}'] }, 'a list of texts, one for each partition key'],
  ['an address', { url: '{% "ftp://example.com" %}' }, 'an address such as https://example.com/ready'],
])('an expression that names no %s fails the task without a retry', async (_, sensor, wanted) => {
  const run = await simulate(readSensor(sensor));
  expect(run.tasks.arrival).toMatchObject({ status: 'failed', error: 'Gluewright.NothingToLookFor' });
  expect(run.tasks.arrival?.cause).toContain(wanted);
});
