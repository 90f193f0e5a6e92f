import { describe, expect, test } from 'vitest';
import type { JobBehaviours } from '../../testing/job-behaviour.ts';
import { simulate } from '../../testing/simulate.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { playRun, simulated } from './simulated.ts';

function pipelineOf(fields: object) {
  const tasks = {
    slow: { 'glue-job': 'slow', ...fields },
    report: { 'glue-job': 'report', after: ['slow'], when: 'all_done' },
  };
  return pipelineFrom({ pipeline: 'bounded', tasks });
}

describe("a task's deadline", () => {
  test.each<[string, object, JobBehaviours, string, number, number]>([
    ['ends the current try', { deadline: '10m' }, { slow: { seconds: 3_000 } }, 'timed_out', 1, 600],
    [
      'ends a later try, in the middle',
      { deadline: '10m', retry: { attempts: 5, delay: '10s', backoff: 1 } },
      { slow: { seconds: 400, state: 'FAILED' } },
      'timed_out',
      2,
      600,
    ],
    [
      'does not affect a task that ended before, after any number of tries',
      { deadline: '15m', retry: { attempts: 2, delay: '10s' } },
      { slow: [{ seconds: 400, state: 'FAILED' }, { seconds: 400 }] },
      'succeeded',
      2,
      810,
    ],
  ])('%s', async (_, fields, jobs, status, tries, until) => {
    const run = await simulate(pipelineOf(fields), { jobs });
    expect(run.tasks.slow).toMatchObject({ status, kept: false });
    expect(run.tasks.slow?.jobRuns).toHaveLength(tries);
    expect(run.tasks.slow?.jobRuns.at(-1)?.endedAt).toBe(until);
    expect(run.tasks.report?.jobRuns[0]?.startedAt).toBe(until);
  });

  test('ends its wait for capacity in Glue', async () => {
    const options = { jobs: { slow: { seconds: 60 } }, maxConcurrentRuns: { slow: 0 } };
    const { tasks } = await simulated([pipelineOf({ deadline: '10m' })], options, (simulator) =>
      playRun(simulator, 'bounded', 7_200),
    );
    expect(tasks.slow).toMatchObject({ status: 'timed_out', jobRuns: [] });
    expect(tasks.report?.jobRuns[0]?.startedAt).toBeGreaterThanOrEqual(600);
    expect(tasks.report?.jobRuns[0]?.startedAt).toBeLessThanOrEqual(720);
  });
});
