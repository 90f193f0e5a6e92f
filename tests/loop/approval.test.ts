import { expect, test } from 'vitest';
import { readPipelineValue } from '../../shared/pipeline/read-pipeline.ts';
import { decide } from '../../shared/use-cases/requests/decide.ts';
import { everyFault } from '../../testing/fault-dial.ts';
import type { Simulator, SimulatorOptions } from '../../testing/simulator.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { seeds, simulated } from './simulated.ts';

function written(fields: object = {}) {
  const tasks = {
    check: { approval: '{% "Publish " & $run.pipeline & "?" %}', within: '2h', ...fields },
    publish: { 'glue-job': 'publish', after: 'check', args: { by: '{% $tasks.check.output.approvedBy %}' } },
    keep: { 'glue-job': 'keep', after: 'check', when: 'any_failed' },
  };
  return { pipeline: 'report', tasks };
}

function asked<T>(fields: object, options: SimulatorOptions, act: (simulator: Simulator) => Promise<T>): Promise<T> {
  return simulated([pipelineFrom(written(fields))], options, async (simulator) => {
    await simulator.startRun({ pipeline: 'report', cause: 'x' });
    return act(simulator);
  });
}

const check = { run: 'report-x', task: 'check' };

async function statuses(simulator: Simulator): Promise<string[]> {
  const { tasks } = await simulator.look('report-x');
  return ['check', 'publish', 'keep'].map((name) => tasks[name]?.status ?? 'none');
}

test('an approval lets the run go on and becomes the task’s output', async () => {
  await asked({}, {}, async (simulator) => {
    await simulator.pass(600);
    const by = { approve: true, by: 'ann', note: 'fine' };
    expect(await decide(simulator.runtime.system, check, by)).toEqual({ is: 'decided', attempt: 1 });
    expect(await simulator.finish(['report-x'], 3_600)).toBe(true);
    expect(await statuses(simulator)).toEqual(['succeeded', 'succeeded', 'skipped']);
    const { tasks } = await simulator.look('report-x');
    expect(tasks.publish?.jobRuns[0]?.arguments['--by']).toBe('ann');
    expect(tasks.publish?.jobRuns[0]?.startedAt).toBeLessThan(610);
  });
});

test('a rejection fails the task without a retry', async () => {
  await asked({ retry: { attempts: 3 } }, {}, async (simulator) => {
    await simulator.pass(600);
    await decide(simulator.runtime.system, check, { approve: false, by: 'ann', note: 'wrong year' });
    await simulator.finish(['report-x'], 3_600);
    expect(await statuses(simulator)).toEqual(['failed', 'upstream_failed', 'succeeded']);
    const { tasks } = await simulator.look('report-x');
    expect(tasks.check).toMatchObject({
      error: 'Gluewright.Rejected',
      cause: 'rejected by ann at 2026-01-01T00:10:00.000Z: wrong year',
    });
  });
});

test.each([
  ['reject', ['failed', 'upstream_failed', 'succeeded']],
  ['approve', ['succeeded', 'succeeded', 'skipped']],
])('without a decision in time it counts as %s', async (otherwise, expected) => {
  await asked({ otherwise }, {}, async (simulator) => {
    await simulator.finish(['report-x'], 10_000);
    expect(await statuses(simulator)).toEqual(expected);
    expect((await simulator.look('report-x')).seconds).toBeLessThan(7_200 + 180);
  });
});

test('the first decision counts, and later ones are refused', async () => {
  await asked({}, {}, async (simulator) => {
    const { system } = simulator.runtime;
    expect(await decide(system, { ...check, task: 'publish' }, { approve: true, by: 'ann' })).toMatchObject({
      is: 'refused',
    });
    await simulator.pass(60);
    const both = await Promise.all([
      decide(system, check, { approve: true, by: 'ann' }),
      decide(system, check, { approve: false, by: 'bob' }),
    ]);
    expect(both.map(({ is }) => is).sort()).toEqual(['decided', 'refused']);
    expect(await decide(system, check, { approve: false, by: 'eve' })).toMatchObject({ is: 'refused' });
  });
});

test('only the named people may decide', async () => {
  await asked({ by: ['ann', 'bob'] }, {}, async (simulator) => {
    const { system } = simulator.runtime;
    await simulator.pass(60);
    expect(await decide(system, check, { approve: true, by: 'eve' })).toEqual({
      is: 'refused',
      forbidden: true,
      problems: ['eve may not decide this: ann, bob may'],
    });
    expect(await decide(system, check, { approve: true, by: 'bob' })).toMatchObject({ is: 'decided' });
  });
});

test('the event contains the question', async () => {
  await asked({}, {}, async (simulator) => {
    const told: unknown[] = [];
    const pattern = { detail: { kind: ['approval'], state: ['running'] } };
    simulator.runtime.bus.addRule({ name: 'tell', pattern, target: async ({ detail }) => void told.push(detail) });
    await simulator.pass(60);
    await decide(simulator.runtime.system, check, { approve: true, by: 'ann' });
    await simulator.finish(['report-x'], 600);
    told.splice(0);
    await simulator.startRun({ pipeline: 'report', cause: 'y' });
    await simulator.pass(60);
    expect(told).toMatchObject([{ task: 'check', kind: 'approval', work: 'Publish report?', state: 'running' }]);
  });
});

test('a stopped run stops waiting', async () => {
  await asked({}, {}, async (simulator) => {
    await simulator.pass(60);
    await simulator.stopRun('report-x');
    expect(await simulator.finish(['report-x'], 600)).toBe(true);
    expect(await decide(simulator.runtime.system, check, { approve: true, by: 'ann' })).toMatchObject({
      is: 'refused',
    });
  });
});

test.each(seeds(8))('with every fault at once, an accepted decision decides the run (seed %i)', async (seed) => {
  await asked({}, { seed, faults: { ...everyFault, seed } }, async (simulator) => {
    await simulator.pass(1_800);
    let taken: string | undefined;
    for (const approve of [true, false, true]) {
      const answer = await decide(simulator.runtime.system, check, { approve, by: 'ann' }).catch(() => undefined);
      if (answer?.is === 'decided') taken ??= approve ? 'succeeded' : 'failed';
      await simulator.pass(60);
    }
    expect(await simulator.finish(['report-x'], 86_400)).toBe(true);
    const [status] = await statuses(simulator);
    expect(['succeeded', 'failed']).toContain(status);
    if (taken !== undefined) expect(status).toBe(taken);
  });
});

test('its file is checked', () => {
  const problem = (fields: object) => readPipelineValue(written(fields), 'report.yml').problems[0]?.message;
  expect(problem({})).toBeUndefined();
  expect(problem({ within: 'soon' })).toContain('should be a duration');
  expect(problem({ otherwise: 'fail' })).toContain('`reject`');
  expect(problem({ approval: '' })).toContain('the question that people are asked');
});
