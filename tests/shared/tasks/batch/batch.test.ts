import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPipelineValue } from '../../../../shared/pipeline/read-pipeline.ts';
import { batch } from '../../../../shared/tasks/batch/batch.ts';
import type { BatchWork } from '../../../../shared/tasks/batch/batch-work.ts';
import { jobNameOf } from '../../../../shared/tasks/batch/submit-job.ts';
import type { Order } from '../../../../shared/tasks/kind/work-state.ts';
import { readWorkEvent } from '../../../../shared/tasks/kinds.ts';

const { runs } = batch;
const stack = { name: 'test', outputBucket: 'out' };
const work: BatchWork = {
  ...{ kind: 'batch', definition: 'load', queue: 'spot', args: { day: 7 } },
  ...{ command: ['load', { n: 1 }], env: { MODE: 'full' }, size: null, share: null },
};
const order: Order<BatchWork> = {
  ...{ run: 'r1', task: 'load all', attempt: 1, work },
  ...{ timeout: 600, since: 0, tried: 0 },
};

test('a job is submitted with a name for the attempt, the task’s variables and Gluewright’s', () => {
  expect(runs.begin(order, stack)).toEqual({
    call: 'batch:SubmitJob',
    input: {
      jobName: expect.stringMatching(/^gluewright-load-all-[0-9a-z]{25}$/),
      jobQueue: 'spot',
      jobDefinition: 'load',
      parameters: { day: '7' },
      containerOverrides: {
        command: ['load', '{"n":1}'],
        environment: [
          { name: 'MODE', value: 'full' },
          { name: 'GLUEWRIGHT_RUN', value: 'r1' },
          { name: 'GLUEWRIGHT_TASK', value: 'load all' },
          { name: 'GLUEWRIGHT_ATTEMPT', value: '1' },
          { name: 'GLUEWRIGHT_OUTPUT', value: 's3://out/outputs/r1/load all-1.json' },
        ],
      },
      timeout: { attemptDurationSeconds: 600 },
    },
  });
});

test('an array job has its size and share, and no output', () => {
  const { input } = runs.begin({ ...order, work: { ...work, command: null, size: 4, share: 'nightly' } }, stack);
  expect(input).toMatchObject({ arrayProperties: { size: 4 }, shareIdentifier: 'nightly' });
  expect(JSON.stringify(input)).not.toContain('GLUEWRIGHT_OUTPUT');
});

test('jobs of other attempts, runs and stacks have other names, of 128 characters at most', () => {
  const names = [
    jobNameOf(order, stack),
    jobNameOf({ ...order, attempt: 2 }, stack),
    jobNameOf({ ...order, run: 'r2' }, stack),
    jobNameOf(order, { ...stack, name: 'other' }),
    jobNameOf({ ...order, task: 'x'.repeat(300) }, stack),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][\w-]{0,127}$/);
});

test('after a start without an answer, the job is looked for by its name', () => {
  const jobName = jobNameOf(order, stack);
  expect(runs.find.call(order, undefined, stack)).toEqual({
    call: 'batch:ListJobs',
    input: { jobQueue: 'spot', filters: [{ name: 'JOB_NAME', values: [jobName] }] },
  });
  const jobSummaryList = [
    { jobId: 'a', jobName: jobName.toUpperCase() },
    { jobId: 'b', jobName },
  ];
  const state = { is: 'open', says: 'SUBMITTED' };
  const page = runs.find.read({ jobSummaryList, nextToken: 'next' }, order, stack);
  expect(page).toEqual({ items: [{ id: 'b', state, times: {} }], next: 'next' });
});

test.each([
  [{ status: 'SUBMITTED' }, { is: 'open', says: 'SUBMITTED' }],
  [{ status: 'PENDING' }, { is: 'open', says: 'PENDING' }],
  [{ status: 'RUNNABLE' }, { is: 'open', says: 'RUNNABLE' }],
  [{ status: 'STARTING' }, { is: 'open', says: 'STARTING' }],
  [{ status: 'RUNNING' }, { is: 'open', says: 'RUNNING' }],
  [
    { status: 'RUNNING', isTerminated: true },
    { is: 'open', says: 'RUNNING', stopping: true },
  ],
  [{ status: 'SUCCEEDED' }, { is: 'succeeded', says: 'SUCCEEDED' }],
  [{ status: 'FAILED' }, { is: 'failed', says: 'FAILED' }],
  [
    {
      status: 'FAILED',
      statusReason: 'Essential container in task exited',
      container: { exitCode: 137, reason: 'OOM' },
    },
    { is: 'failed', says: 'FAILED', message: 'Essential container in task exited; OOM; exit code 137' },
  ],
  [
    { status: 'FAILED', isTerminated: true, statusReason: 'why' },
    { is: 'stopped', says: 'FAILED', message: 'why' },
  ],
  [
    { status: 'FAILED', isCancelled: true },
    { is: 'stopped', says: 'FAILED' },
  ],
  [{ status: 'PAUSED' }, { is: 'open', says: 'PAUSED' }],
])('Batch describes a job as %j', (job, state) => {
  const jobs = [{ jobId: 'j1', ...job }];
  expect(runs.ask.read({ jobs }, { id: 'j1', stack })).toEqual({ id: 'j1', state, times: {} });
});

test('a job is gone if Batch does not describe it', () => {
  expect(runs.ask.read({ jobs: [] }, { id: 'j1', stack })).toBe('gone');
});

test('a job reports when it ran', () => {
  const times = { createdAt: 1_000, startedAt: 61_000, stoppedAt: 63_500 };
  const answer = { jobs: [{ jobId: 'j1', status: 'SUCCEEDED', ...times }] };
  expect(runs.ask.read(answer, { id: 'j1', stack })).toMatchObject({
    times: { startedOn: 61_000, completedOn: 63_500, executionSeconds: 2.5 },
  });
});

test('the documented event triggers a call that describes the job', () => {
  const event: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/events/job-failed.json`, 'utf8'));
  expect(readWorkEvent(event)).toEqual({
    ...{ kind: 'batch', name: 'spot', id: '4c7599ae-0a82-49aa-ba5a-4727fcce14a8' },
    state: { is: 'failed', says: 'FAILED' },
  });
  expect(runs.event.onlyAsks).toBe(true);
});

test.each([
  [{ batch: 'load', queue: 'spot' }, []],
  [{ batch: 'load:5', queue: 'spot', args: { day: '{% $run.id %}' }, size: 10_000, share: 'nightly*' }, []],
  [{ batch: 'load' }, ['`queue`']],
  [{ batch: 'load', queue: 'arn:aws:batch:eu-west-1:111122223333:job-queue/spot' }, ['the name of a job queue']],
  [{ batch: 'my job', queue: 'spot' }, ['job definition']],
  [{ batch: 'load', queue: 'spot', size: 1 }, ['from 2 to 10000']],
  [{ batch: 'load', queue: 'spot', env: { GLUEWRIGHT_RUN: 'x' } }, ['Gluewright’s own variables']],
  [{ batch: 'load', jobQueue: 'spot' }, ['queue: NAME']],
  [{ jobDefinition: 'load', queue: 'spot' }, ['batch: load']],
])('%j in a file', (task, said) => {
  const { problems } = readPipelineValue({ pipeline: 'p', tasks: { load: task } }, 'p.yml');
  const messages = problems.map(({ message, remedy }) => `${message}: ${remedy}`);
  if (said.length === 0) expect(messages).toEqual([]);
  for (const word of said) expect(messages.join('\n')).toContain(word);
});
