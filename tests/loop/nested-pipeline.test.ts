import { expect, test } from 'vitest';
import { findCircles } from '../../shared/pipeline/checks/find-circles.ts';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '../../testing/simulator.ts';

function read(name: string, tasks: object, more: object = {}) {
  const { pipeline, problems } = readPipelineValue({ pipeline: name, tasks, ...more }, `${name}.yml`);
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  return pipeline;
}

const inner = read(
  'inner',
  { load: { 'glue-job': 'load', args: { region: '{% $params.region %}' } } },
  { params: { region: { type: 'string' } }, runs: { max: 5 } },
);
const outer = (fields: object = {}) =>
  read('outer', {
    north: { pipeline: 'inner', params: { region: '{% "no" & "rth" %}' }, outputs: 'load', ...fields },
    report: { 'glue-job': 'report', after: 'north', args: { rows: '{% $tasks.north.output.load.rows %}' } },
  });

async function simulated<T>(fields: object, options: SimulatorOptions, act: (of: Simulator) => Promise<T>): Promise<T> {
  const simulator = await openSimulator([outer(fields), inner], options);
  try {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    const result = await act(simulator);
    expect(simulator.surprises).toEqual([]);
    return result;
  } finally {
    simulator.close();
  }
}

const over = (simulator: Simulator) => simulator.finish(['outer-x'], 86_400);
const loads = async (simulator: Simulator) => (await simulator.jobRuns()).filter(({ job }) => job === 'load');

test('the task passes parameters in and outputs out', async () => {
  await simulated({}, { jobs: { load: { seconds: 300, output: { rows: 42 } } } }, async (simulator) => {
    expect(await over(simulator)).toBe(true);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.report?.jobRuns[0]?.arguments['--rows']).toBe('42');
    // ended by the inner run's end, not by a look
    expect(tasks.report?.jobRuns[0]?.startedAt).toBeLessThan(310);
    const [load, ...more] = await loads(simulator);
    expect(more).toEqual([]);
    expect(load?.arguments['--region']).toBe('north');
    expect((await simulator.look(load?.run ?? '')).status).toBe('SUCCEEDED');
  });
});

test('a failed inner run fails the task, and a retry starts a new run', async () => {
  const fields = { retry: { attempts: 2, delay: '10s' } };
  await simulated(fields, { jobs: { load: { state: 'FAILED' } } }, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.north).toMatchObject({ status: 'failed', error: 'Gluewright.PipelineFailed' });
    expect(new Set((await loads(simulator)).map(({ run }) => run)).size).toBe(2);
  });
});

test.each([
  ['a missing parameter', { params: {} }, 'region'],
  ['half an interval', { interval: "{% {'start': '2026-01-01'} %}" }, 'interval: came to {"start":"2026-01-01"}'],
])('%s is refused, which fails the task without a retry', async (_, fields, why) => {
  await simulated({ ...fields, retry: { attempts: 3 } }, {}, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.north).toMatchObject({ status: 'failed', error: 'Gluewright.StartRefused' });
    expect(tasks.north?.cause).toContain(why);
  });
});

test.each([
  ['stopping the outer run', {}, true, 'stopped'],
  ['its timeout', { timeout: '10m' }, false, 'timed_out'],
  ['its deadline', { deadline: '10m' }, false, 'timed_out'],
] as const)('%s stops the inner run', async (_, fields, stops, status) => {
  await simulated(fields, { jobs: { load: { seconds: 20_000 } } }, async (simulator) => {
    await simulator.pass(300);
    if (stops) await simulator.stopRun('outer-x');
    expect(await over(simulator)).toBe(true);
    const [load] = await loads(simulator);
    expect(load).toMatchObject({ state: 'STOPPED' });
    expect(load?.endedAt).toBeLessThan(800);
    expect(await simulator.look(load?.run ?? '')).toMatchObject({ status: 'ABORTED', settled: true });
    expect((await simulator.look('outer-x')).tasks.north?.status).toBe(status);
  });
});

test.each(Array.from({ length: 10 }, (_, seed) => seed + 1))(
  'with every fault at once, each attempt has one inner run, and all end (seed %i)',
  async (seed) => {
    const options = { seed, faults: { ...everyFault, seed }, jobs: { load: [{ state: 'FAILED' }, {}] } } as const;
    await simulated({ retry: { attempts: 2, delay: '10s' } }, options, async (simulator) => {
      expect(await over(simulator)).toBe(true);
      await simulator.pass(1_200);
      const runs = new Set((await loads(simulator)).map(({ run }) => run));
      expect(runs.size).toBeLessThanOrEqual(2);
      for (const { endedAt } of await loads(simulator)) expect(endedAt).toBeDefined();
      const { tasks } = await simulator.look('outer-x');
      expect(tasks.north?.status).toBe(tasks.report?.status === 'succeeded' ? 'succeeded' : 'failed');
    });
  },
);

test('pipelines that run each other form a cycle, and so does one that runs itself', () => {
  const one = read('one', { a: { pipeline: 'two' } });
  const two = read('two', { b: { pipeline: 'one' } });
  expect(findCircles([one, two])).toMatchObject([{ pipeline: 'one', certain: true }]);
  expect(findCircles([read('self', { a: { pipeline: 'self' } })])).toMatchObject([{ pipeline: 'self', certain: true }]);
  expect(findCircles([outer(), inner])).toEqual([]);
});
