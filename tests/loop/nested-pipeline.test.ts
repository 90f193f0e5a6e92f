import { expect, test } from 'vitest';
import { findCircles } from '../../shared/pipeline/checks/find-circles.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator, SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { seeds, simulated } from './simulated.ts';

const inner = pipelineFrom({
  pipeline: 'inner',
  params: { region: { type: 'string' } },
  runs: { max: 5 },
  tasks: { load: { 'glue-job': 'load', args: { region: '{% $params.region %}' } } },
});
const outer = (fields: object = {}) =>
  pipelineFrom({
    pipeline: 'outer',
    tasks: {
      north: { pipeline: 'inner', params: { region: '{% "no" & "rth" %}' }, outputs: 'load', ...fields },
      report: { 'glue-job': 'report', after: 'north', args: { rows: '{% $tasks.north.output.load.rows %}' } },
    },
  });

function nested<T>(fields: object, options: SimulatorOptions, act: (simulator: Simulator) => Promise<T>): Promise<T> {
  return simulated([outer(fields), inner], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    return act(simulator);
  });
}

const over = (simulator: Simulator) => simulator.finish(['outer-x'], 86_400);
const loads = async (simulator: Simulator) => (await simulator.jobRuns()).filter(({ job }) => job === 'load');

test('the task passes parameters in and outputs out', async () => {
  await nested({}, { jobs: { load: { seconds: 300, output: { rows: 42 } } } }, async (simulator) => {
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
  await nested(fields, { jobs: { load: { state: 'FAILED' } } }, async (simulator) => {
    await over(simulator);
    const { tasks } = await simulator.look('outer-x');
    expect(tasks.north).toMatchObject({ status: 'failed', error: 'Gluewright.PipelineFailed' });
    expect(new Set((await loads(simulator)).map(({ run }) => run)).size).toBe(2);
  });
});

test.each([
  ['a missing parameter', { params: {} }, 'region'],
  ['half an interval', { interval: "{% {'start': '2026-01-01'} %}" }, 'interval: came to {"start":"2026-01-01"}'],
])('%s fails the task without a retry', async (_, fields, why) => {
  await nested({ ...fields, retry: { attempts: 3 } }, {}, async (simulator) => {
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
  await nested(fields, { jobs: { load: { seconds: 20_000 } } }, async (simulator) => {
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

test.each(seeds(10))(
  'with every fault at once, each attempt has one inner run, and all end (seed %i)',
  async (seed) => {
    const options = { seed, faults: { ...everyFault, seed }, jobs: { load: [{ state: 'FAILED' }, {}] } } as const;
    await nested({ retry: { attempts: 2, delay: '10s' } }, options, async (simulator) => {
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

test.each(seeds(12))('a stop reaches an inner run whose start was not answered (seed %i)', async (seed) => {
  const options = { seed, faults: { dying: 0.15, seed }, jobs: { load: { seconds: 5_000 } } };
  await nested({}, options, async (simulator) => {
    await simulator.stopRun('outer-x');
    expect(await over(simulator)).toBe(true);
    await simulator.pass(3_600);
    for (const { run = '' } of await loads(simulator)) {
      expect(await simulator.look(run)).toMatchObject({ status: 'ABORTED', settled: true });
    }
  });
});

test('pipelines that run each other form a cycle, and so does one that runs itself', () => {
  const runs = (pipeline: string, inner: string) => pipelineFrom({ pipeline, tasks: { a: { pipeline: inner } } });
  const one = runs('one', 'two');
  const two = runs('two', 'one');
  expect(findCircles([one, two])).toMatchObject([{ pipeline: 'one', certain: true }]);
  expect(findCircles([runs('self', 'self')])).toMatchObject([{ pipeline: 'self', certain: true }]);
  expect(findCircles([outer(), inner])).toEqual([]);
});

const twoSteps = pipelineFrom({
  pipeline: 'inner',
  params: { region: { type: 'string' } },
  runs: { max: 5 },
  tasks: { load: { 'glue-job': 'load' }, check: { 'glue-job': 'check', after: 'load' } },
});

test.each([
  ['runs only the failed tasks of the inner run', { failed: true }, 1],
  ['starts a new inner run if the request names the task', { from: ['north'] }, 2],
  ['starts a new inner run if an earlier task runs again', { from: ['first'] }, 2],
] as const)('a rerun %s', async (_, how, count) => {
  let broken = true;
  const check = () => ({ state: broken ? 'FAILED' : 'SUCCEEDED' }) as const;
  const first = pipelineFrom({
    pipeline: 'outer',
    tasks: {
      first: { 'glue-job': 'first' },
      north: { pipeline: 'inner', params: { region: 'north' }, outputs: ['load', 'check'], after: 'first' },
    },
  });
  await simulated([first, twoSteps], { jobs: { check, load: { output: { rows: 1 } } } }, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    await over(simulator);
    broken = false;
    await simulator.rerun('outer-x', how);
    expect(await simulator.finish(['outer-x-r2'], 86_400)).toBe(true);
    expect(await simulator.look('outer-x-r2')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await loads(simulator)).toHaveLength(count);
    // All tasks have now succeeded, so another rerun is refused.
    expect(await simulator.rerun('outer-x-r2', { failed: true })).toMatchObject({ is: 'refused' });
  });
});

test('a rerun of a rerun keeps the successes of both, but none if the parameters differ', async () => {
  let broken = true;
  const jobs = { check: () => ({ state: broken ? 'FAILED' : 'SUCCEEDED' }) as const };
  const only = pipelineFrom({
    pipeline: 'outer',
    params: { region: { type: 'string', default: 'north' } },
    tasks: { north: { pipeline: 'inner', params: { region: '{% $params.region %}' } } },
  });
  await simulated([only, twoSteps], { jobs }, async (simulator) => {
    await simulator.startRun({ pipeline: 'outer', cause: 'x' });
    await over(simulator);
    await simulator.rerun('outer-x', { failed: true });
    await simulator.finish(['outer-x-r2'], 86_400);
    expect((await simulator.look('outer-x-r2')).status).toBe('FAILED');
    broken = false;
    await simulator.rerun('outer-x-r2', { failed: true });
    await simulator.finish(['outer-x-r3'], 86_400);
    expect((await simulator.look('outer-x-r3')).status).toBe('SUCCEEDED');
    expect(await loads(simulator)).toHaveLength(1);
    const { rerun } = await import('../../shared/use-cases/requests/rerun.ts');
    const answer = await rerun(simulator.runtime.system, 'outer-x', { failed: true, params: { region: 'south' } });
    if (answer.is !== 'run') throw new Error('refused');
    await simulator.finish([answer.run.id], 86_400);
    expect(await loads(simulator)).toHaveLength(2);
  });
});
