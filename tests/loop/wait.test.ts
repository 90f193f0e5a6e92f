import { expect, test } from 'vitest';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import { simulate } from '../../testing/simulate.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, seeds, simulated } from './simulated.ts';

function written(wait: string, fields: object = {}) {
  const tasks = { pause: { wait, ...fields }, report: { 'glue-job': 'report', after: 'pause' } };
  return { pipeline: 'slow', tasks };
}

const read = (wait: string, fields: object = {}) => pipelineFrom(written(wait, fields));
const problemOf = (file: object) => readPipelineValue(file, 'slow.yml').problems[0];

test.each([
  ['a duration', '30m', 1_800],
  ['a time', '2026-01-01T02:00:00Z', 7_200],
  ['a time that has passed', '2025-12-31T23:00:00Z', 0],
  ['an expression that gives a duration', '{% "1" & "h" %}', 3_600],
  ['longer than the default timeout', '20h', 72_000],
])('waits for %s, and at most a minute longer', async (_, wait, seconds) => {
  const run = await simulate(read(wait));
  expect(run.tasks.pause?.status).toBe('succeeded');
  const { startedAt = 0 } = run.tasks.report?.jobRuns[0] ?? {};
  expect(startedAt).toBeGreaterThanOrEqual(seconds);
  expect(startedAt).toBeLessThanOrEqual(seconds + 65);
});

test('a value that is neither a duration nor a time fails at once, without a retry', async () => {
  const run = await simulate(read('{% "soon" %}', { retry: { attempts: 3 } }));
  expect(run.tasks.pause).toMatchObject({ status: 'failed', error: 'Gluewright.NoTime' });
  expect(run.seconds).toBeLessThan(60);
});

test('the task’s deadline ends it', async () => {
  const run = await simulate(read('2h', { deadline: '30m' }));
  expect(run.tasks.pause?.status).toBe('timed_out');
  expect(run.seconds).toBeLessThan(1_870);
});

test('a timeout ends it, and a retry waits again', async () => {
  const run = await simulate(read('{% "2h" %}', { timeout: '10m', retry: { attempts: 2, delay: '1s' } }));
  expect(run.tasks.pause).toMatchObject({ status: 'timed_out', error: 'Gluewright.WaitTimedOut' });
  expect(run.seconds).toBeGreaterThanOrEqual(1_200);
  expect(run.seconds).toBeLessThanOrEqual(1_330);
});

test('a stopped run stops waiting at once', async () => {
  const run = await simulate(read('2h'), { stopAfter: 600 });
  expect(run).toMatchObject({ status: 'ABORTED', settled: true });
  expect(run.seconds).toBeLessThan(660);
});

test.each(seeds(8))('ends with every fault at once (seed %i)', async (seed) => {
  await simulated([read('30m')], { seed, faults: { ...everyFault, seed } }, async (simulator) => {
    const { tasks } = await playRun(simulator, 'slow', 86_400);
    expect(tasks.pause?.status).toBe('succeeded');
    // clocks are at most two seconds ahead
    expect(tasks.report?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(1_790);
  });
});

test.each([
  ['a number', '90', /should be a duration/],
  ['a day that does not exist', '2026-13-45', /should be a duration/],
])('refuses %s', (_, wait, message) => {
  expect(problemOf(written(wait))?.message).toMatch(message);
});

test('refuses `local`, since time passes everywhere', () => {
  expect(problemOf(written('1h', { local: { simulate: '1s' } }))?.message).toContain('time passes locally');
});

test('suggests `wait` for other tools’ words', () => {
  const tasks = { pause: { sleep: '1h' } };
  expect(problemOf({ pipeline: 'p', tasks })?.remedy).toContain('write `wait: 1h`');
});
