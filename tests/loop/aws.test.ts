import { expect, test } from 'vitest';
import type { Pipeline } from '../../shared/model/pipeline.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '../../testing/simulator.ts';

function pipelineOf(fields: object = {}, runs: object = {}): Pipeline {
  const tasks = {
    rates: {
      aws: 'dynamodb:getItem',
      args: { TableName: 'rates', Key: { of: { S: '{% $params.currency %}' } }, AttributesToGet: ['rate'] },
      resources: ['table/rates'],
      ...fields,
    },
    report: { 'glue-job': 'report', after: 'rates', args: { rate: '{% $string($tasks.rates.output.Item.rate.N) %}' } },
  };
  const params = { currency: { type: 'string', default: 'EUR' } };
  const { pipeline, problems } = readPipelineValue({ pipeline: 'one', params, runs, tasks }, 'one.yml');
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}

async function simulated<T>(pipeline: Pipeline, options: SimulatorOptions, act: (of: Simulator) => Promise<T>) {
  const simulator = await openSimulator([pipeline], options);
  try {
    return await act(simulator);
  } finally {
    expect(simulator.surprises).toEqual([]);
    simulator.close();
  }
}

async function statusOf(simulator: Simulator): Promise<string> {
  const { tasks } = await simulator.look('one-x');
  return `${tasks.rates?.status}, ${tasks.report?.status}`;
}

const answer = { output: { Item: { rate: { N: '1.1' } } } };

test.each([
  ['answers', {}, answer, 'succeeded, succeeded'],
  ['fails', {}, { state: 'FAILED' }, 'failed, upstream_failed'],
  ['fails, and nobody minds', { tolerate: true }, { state: 'FAILED' }, 'failed, skipped'],
  ['takes longer than the task may', { timeout: '2m' }, { seconds: 300 }, 'timed_out, upstream_failed'],
  ['takes longer than the deadline', { deadline: '2m' }, { seconds: 300 }, 'timed_out, upstream_failed'],
] as const)('a call that %s', async (_, fields, does, expected) => {
  await simulated(pipelineOf(fields), { jobs: { 'dynamodb:getItem': does } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    expect(await simulator.finish(['one-x'], 3_600)).toBe(true);
    expect(await statusOf(simulator)).toBe(expected);
    expect(simulator.works()).toMatchObject([
      { input: { TableName: 'rates', Key: { of: { S: 'EUR' } }, AttributesToGet: ['rate'] } },
    ]);
  });
});

test('the tasks behind a call know its answer', async () => {
  await simulated(pipelineOf(), { jobs: { 'dynamodb:getItem': answer } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    const { tasks } = await simulator.look('one-x');
    expect(tasks.report?.jobRuns[0]?.arguments['--rate']).toBe('1.1');
  });
});

test('a call that failed is made again as the task says', async () => {
  const pipeline = pipelineOf({ retry: { attempts: 3, delay: '10s' } });
  const jobs = { 'dynamodb:getItem': [{ state: 'FAILED' }, { state: 'FAILED' }, answer] } as const;
  await simulated(pipeline, { jobs }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    expect(await statusOf(simulator)).toBe('succeeded, succeeded');
    expect(simulator.works()).toHaveLength(3);
  });
});

test('a task whose if is false calls nothing', async () => {
  await simulated(pipelineOf({ if: '{% false %}' }), {}, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    expect(await statusOf(simulator)).toBe('skipped, skipped');
    expect(simulator.works()).toEqual([]);
  });
});

test('a stop of the run ends the task at once', async () => {
  await simulated(pipelineOf(), { jobs: { 'dynamodb:getItem': { seconds: 600 } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.pass(30);
    await simulator.stopRun('one-x');
    await simulator.finish(['one-x'], 3_600);
    expect(await statusOf(simulator)).toMatch(/^stopped/);
  });
});

test('the failure of a call ends a run that stops on failures', async () => {
  const pipeline = pipelineOf({}, { onFailure: 'stop' });
  await simulated(pipeline, { jobs: { 'dynamodb:getItem': { state: 'FAILED' } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'one', cause: 'x' });
    await simulator.finish(['one-x'], 3_600);
    expect(await simulator.look('one-x')).toMatchObject({ status: 'FAILED', tasks: { rates: { status: 'failed' } } });
  });
});

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
  'one outcome whatever goes wrong, seed %i',
  async (seed) => {
    const jobs = { 'dynamodb:getItem': { seconds: 120, ...answer } };
    await simulated(pipelineOf(), { seed, faults: { ...everyFault, seed }, jobs }, async (simulator) => {
      await simulator.startRun({ pipeline: 'one', cause: 'x' });
      await simulator.finish(['one-x'], 86_400);
      expect(await statusOf(simulator)).toBe('succeeded, succeeded');
      expect(simulator.works()).toHaveLength(1);
    });
  },
);
